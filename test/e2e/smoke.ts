import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { stackNames } from '../../tools/smoke/smoke-stage.ts'
import type { Deployment } from './deployment.ts'
import { emulatorEnvironment } from './ministack.ts'
import { pythonTool } from './python-tools.ts'
import { expect } from './step.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const STAGE = 'dev'

const stacksSchema = z.object({
  StackSummaries: z.array(z.object({ StackName: z.string(), StackStatus: z.string() })),
})
const secretsSchema = z.object({ SecretList: z.array(z.object({ Name: z.string() })) })

/** `npm run smoke` as it is, against the emulator instead of an account: it passes, and leaves nothing. */
export async function checkSmoke({ bench, aws, emulatorUrl }: Deployment): Promise<void> {
  const environment = emulatorEnvironment(bench, emulatorUrl)
  const path = [dirname(pythonTool('aws')), environment['PATH'] ?? ''].join(':')
  const { text } = await bench.processes.run({
    command: process.execPath,
    args: [join(PROJECT, 'tools/smoke/run-smoke.ts'), '--stage', STAGE],
    folder: PROJECT,
    environment: { ...environment, PATH: path, SMOKE_APP: 'test/e2e/smoke-app.ts' },
  })
  const steps = [...text.matchAll(/^ {2}ok {6}(.+)$/gm)].map(([, step]) => step)
  expect(/^The smoke test passed$/m.test(text) && steps.length >= 8, `The smoke test did less than it should:\n${text}`)
  expect(!/sk-admin-\w/.test(text), 'The smoke test printed a key.')
  const { StackSummaries: stacks } = await aws.call('cloudformation', 'list_stacks', {}, stacksSchema)
  const names = Object.values(stackNames(STAGE))
  const there = stacks.filter(
    ({ StackName, StackStatus }) => names.includes(StackName) && StackStatus !== 'DELETE_COMPLETE',
  )
  expect(there.length === 0, `The smoke test left ${JSON.stringify(there)}.`)
  const parameters = { IncludePlannedDeletion: true, MaxResults: 100 }
  const { SecretList: secrets } = await aws.call('secretsmanager', 'list_secrets', parameters, secretsSchema)
  const ofSmoke = secrets.filter(({ Name }) => Name.startsWith(stackNames(STAGE).product))
  expect(ofSmoke.length === 0, `The smoke test left ${ofSmoke.length} secrets.`)
  bench.say(`npm run smoke passed: it ${steps.join(', ')}`)
}
