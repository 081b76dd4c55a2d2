import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { startSimulatedOrganization as startAnthropic } from '../../local/simulated-anthropic/server.ts'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { ApiClient, eventually } from './api-client.ts'
import { callersEnvironment } from './environment.ts'
import { startLocalProduct } from './local-product.ts'
import { pythonTool, sitePackages } from './python-tools.ts'
import { type Bench, expect, type Step } from './step.ts'

/**
 * Two rules say when a charge has the id of an invoice, and when not. The validator applies both to all charges. A third rule, that
 * one of both holds, passes. No charge has one: the cost report names no invoices.
 */
const ALTERNATIVE = 'InvoiceId-C-005-C'

const withId = z.object({ id: z.string() })

/** The exported costs, checked by the FinOps Foundation's validator. */
export const focusStep: Step = {
  name: 'focus',
  needsPythonTools: true,
  shows: 'the exported costs are a FOCUS 1.2 file, as the FinOps Foundation’s validator checks it',
  run: runFocus,
}

async function runFocus(bench: Bench): Promise<void> {
  const switches = { costCredits: true, costFees: true, secondCurrency: 'EUR' }
  const openai = await startSimulatedOrganization({ members: 60, switches })
  bench.onEnd(() => openai.close())
  const anthropic = await startAnthropic({ members: 60, switches })
  bench.onEnd(() => anthropic.close())
  const token = randomUUID()
  const baseUrls = { baseUrl: openai.baseUrl, anthropicBaseUrl: anthropic.baseUrl }
  const client = new ApiClient(await startLocalProduct(bench, { ...baseUrls, token }), token)
  const ofOpenAi = await costsOf(client, 'openai', openai.adminKey)
  const ofAnthropic = await costsOf(client, 'anthropic', anthropic.adminKey)
  const [head = ''] = ofOpenAi.split('\r\n', 1)
  expect(ofAnthropic.startsWith(`${head}\r\n`), 'The files of both providers have other columns.')
  const file = join(bench.folder, 'costs.csv')
  // One file of both, since the validator takes long.
  writeFileSync(file, ofOpenAi + ofAnthropic.slice(head.length + 2))
  const charges = readFileSync(file, 'utf8').split('\r\n').length - 2
  const failed = await failedRules(bench, file)
  expect(failed.length === 0, `Rules of FOCUS are broken: ${failed.join(', ')}.`)
  // The same with a currency that does not exist, to see that the validator finds it.
  const wrong = join(bench.folder, 'wrong.csv')
  writeFileSync(wrong, readFileSync(file, 'utf8').replaceAll(',USD,', ',USX,'))
  expect(
    (await failedRules(bench, wrong)).includes('BillingCurrency-C-006-M'),
    'The validator finds no wrong currency.',
  )
  bench.say(`${charges} charges of both providers in two currencies break no rule of FOCUS 1.2`)
}

async function costsOf(client: ApiClient, provider: string, adminApiKey: string): Promise<string> {
  const body = { provider, name: provider, adminApiKey }
  const { id } = await client.expect({ method: 'POST', path: '/integrations', body, status: 201 }, withId)
  const { text } = await eventually('the first costs', async () => {
    const answer = await client.call('GET', `/integrations/${id}/costs?format=focus`)
    return answer.status === 200 ? answer : undefined
  })
  return text
}

/** The rules that the validator says are broken. It ends with 0 either way. */
async function failedRules(bench: Bench, file: string): Promise<string[]> {
  const { text } = await bench.processes.run({
    command: pythonTool('focus-validator', 'focus-validator'),
    args: [
      '--data-file',
      file,
      '--validate-version',
      '1.2',
      '--applicability-criteria',
      'SUB_ACCOUNT_SUPPORTED',
      '--output-type',
      'console',
    ],
    // It reads its list of currencies from there.
    folder: sitePackages('focus-validator'),
    environment: callersEnvironment(),
  })
  expect(/^Total: \d+ \| Pass: \d+/m.test(text), `The validator said something else:\n${text.slice(0, 500)}`)
  return [...text.matchAll(/^\S+ (\S+): FAIL /gm)].map(([, rule = '']) => rule).filter((rule) => rule !== ALTERNATIVE)
}
