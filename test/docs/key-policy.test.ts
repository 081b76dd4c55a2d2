import { runSimulation } from '@cloud-copilot/iam-simulate'
import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { blocksOf, pageText } from './pages.ts'

const ACCOUNT = '111122223333'
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/01234567-89ab-cdef-0123-456789abcdef`
const LOG_GROUPS = `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:`
const ALARMS = `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:`

/** How CloudWatch Logs tells of a log group. The simulation knows no encryption context: a key that it knows stands for it. */
const LOGS_CONTEXT = 'kms:EncryptionContext:aws:logs:arn'
const CONTEXT = 'aws:SourceArn'

/** The statements that the page shows for the policy of a customer’s key, and for that of a topic. */
const [ofKey = [], ofTopic = []] = blocksOf(pageText('deploy.md'), 'json').map((block) =>
  [z.union([z.array(z.unknown()), z.unknown()]).parse(JSON.parse(block.replaceAll(LOGS_CONTEXT, CONTEXT)))].flat(),
)

interface Asked {
  readonly service: string
  readonly action: string
  readonly resource: string
  readonly context: Record<string, string>
}

/** Whether a resource with these statements lets a service of AWS do something. */
async function lets(statements: readonly unknown[], { service, action, resource, context }: Asked): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: `${service}.amazonaws.com`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: [],
      resourcePolicy: { Version: '2012-10-17', Statement: statements },
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors))
  return result.overallResult === 'Allowed'
}

test.each([
  ['Rollcall-prod-HttpApiFunctionLog0DEC8BF5-x1Y2', true],
  ['/aws/vendedlogs/Rollcall-prod/access-0a1b2c3d', true],
  ['Payroll-HandlerLog', false],
  ['/aws/vendedlogs/Payroll/access', false],
])('The key’s statements allow CloudWatch Logs to encrypt only the stack’s log groups (%s)', async (name, is) => {
  for (const action of ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']) {
    const context = { [CONTEXT]: LOG_GROUPS + name }
    const asked = { service: 'logs.eu-central-1', action, resource: KEY, context }
    expect([action, await lets(ofKey, asked)]).toEqual([action, is])
  }
})

test.each([
  ['Rollcall-prod-MonitoringApiErrors1A2B3C4D-x1Y2', ACCOUNT, true],
  ['Payroll-Errors', ACCOUNT, false],
  ['Rollcall-prod-MonitoringApiErrors1A2B3C4D-x1Y2', '999999999999', false],
])('The statements for key and topic allow only the stack’s alarms to notify (%s of %s)', async (name, from, is) => {
  const context = { 'aws:SourceAccount': from, 'aws:SourceArn': `${ALARMS.replace(ACCOUNT, from)}${name}` }
  const topic = `arn:aws:sns:eu-central-1:${ACCOUNT}:alarms`
  const asked = { service: 'cloudwatch', context }
  expect(await lets(ofKey, { ...asked, action: 'kms:GenerateDataKey', resource: KEY })).toBe(is)
  expect(await lets(ofKey, { ...asked, action: 'kms:Decrypt', resource: KEY })).toBe(is)
  expect(await lets(ofTopic, { ...asked, action: 'sns:Publish', resource: topic })).toBe(is)
})
