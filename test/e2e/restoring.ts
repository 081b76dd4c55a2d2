import { dirname } from 'node:path'
import * as z from 'zod'
import { blocksOf, pageText } from '../docs/pages.ts'
import { waitUntil } from '../watchdog.ts'
import { eventually } from './api-client.ts'
import { itemsOf } from './deleting.ts'
import type { Deployment } from './deployment.ts'
import { E2E_STACK } from './deployment-names.ts'
import { checkGuards } from './dropped-properties.ts'
import { emulatorEnvironment } from './ministack.ts'
import { pythonTool } from './python-tools.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'

const PAGE = 'restoring.md'

const integrationSchema = z.object({
  state: z.string(),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  lastSync: z.object({ state: z.string() }),
})
const usageSchema = z.object({ total: z.unknown() })
const tagsSchema = z.object({ Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) })

/**
 * The commands of docs/restoring.md, as they stand there: an integration that is deleted after the look at the earlier table
 * is in use again with its figures, asks for the key that went with it, and goes on with a new one.
 */
export async function checkRestoring(deployment: Deployment, people: People, id: string): Promise<void> {
  const { bench, organization } = deployment
  const { admin, viewer } = people
  const path = `/integrations/${id}`
  const usage = `${path}/usage?groupBy=model`
  const before = await viewer.expect({ path: usage }, usageSchema)
  const look = await shell(deployment, section('Names') + section('A look at an earlier moment'))
  expect(look.includes(id), `The restored table does not list the integration:\n${look}`)

  await admin.expect({ method: 'DELETE', path, status: 204 }, z.undefined())
  await waitUntil('the end of the purge', async () => (await itemsOf(deployment, id)).length === 0)
  const said = await shell(deployment, section('Names') + section('Putting it to use') + section('Tidying up'))
  expect(said.includes(`Without a key: ${id}`), `The integration without a key is not named:\n${said}`)

  await checkGuards(deployment)
  await checkTags(deployment)
  const after = await viewer.expect({ path: usage }, usageSchema)
  expect(JSON.stringify(after) === JSON.stringify(before), 'The restored figures are not those of before.')
  await admin.call('POST', `${path}/syncs`)
  const { problem } = await eventually('the state action_required', async () => {
    const integration = await viewer.expect({ path }, integrationSchema)
    return integration.state === 'action_required' ? integration : undefined
  })
  expect(problem?.code === 'admin_key_missing', `The problem is ${problem?.code}.`)
  expect(/Create a new Admin key/.test(problem.detail), `The problem does not name the cure: ${problem.detail}`)
  await admin.expect({ method: 'PATCH', path, body: { adminApiKey: organization.keys.nextAdmin } }, integrationSchema)
  await eventually('a sync with the new key', async () => {
    const integration = await viewer.expect({ path }, integrationSchema)
    return integration.state === 'connected' && integration.lastSync.state === 'succeeded' ? integration : undefined
  })
  bench.say(
    `docs/${PAGE}, carried out: a deleted integration is back with its figures, asks for its key, and syncs with a new one`,
  )
}

/** The commands of a section of the page. */
function section(title: string): string {
  const [, text = ''] = pageText(PAGE).split(`\n## ${title}\n`)
  const commands = blocksOf(text.split('\n## ')[0] ?? '', 'sh')
  expect(commands.length > 0, `docs/${PAGE} has no commands under “${title}”.`)
  return commands.join('\n').replace(/^STACK=.*$/m, `STACK=${E2E_STACK}`)
}

/** Runs commands as an operator’s shell would, in a folder of the run’s; the first that fails ends them. */
async function shell({ bench, emulatorUrl }: Deployment, script: string): Promise<string> {
  const environment = emulatorEnvironment(bench, emulatorUrl)
  const path = [dirname(pythonTool('aws')), environment['PATH'] ?? ''].join(':')
  const { text } = await bench.processes.run({
    command: 'bash',
    args: ['-euo', 'pipefail', '-c', script],
    folder: bench.folder,
    environment: { ...environment, PATH: path, AWS_PAGER: '' },
  })
  return text
}

async function checkTags({ aws, template, physicalId }: Deployment): Promise<void> {
  const TableName = await physicalId(template.one('AWS::DynamoDB::Table', 'Storage').logicalId)
  const tableSchema = z.object({ Table: z.object({ TableArn: z.string() }) })
  const { Table: table } = await aws.call('dynamodb', 'describe_table', { TableName }, tableSchema)
  const { Tags: tags } = await aws.call(
    'dynamodb',
    'list_tags_of_resource',
    { ResourceArn: table.TableArn },
    tagsSchema,
  )
  const found = tags.map(({ Key, Value }) => `${Key}=${Value}`)
  for (const tag of ['application=rollcall', 'stage=e2e']) {
    expect(found.includes(tag), `The restored table has no tag ${tag}, but ${found.join(', ')}.`)
  }
}
