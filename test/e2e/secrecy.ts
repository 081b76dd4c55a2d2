import * as z from 'zod'
import type { Deployment } from './deployment.ts'
import { allLogs } from './logs.ts'
import { expect } from './step.ts'

/** A key's prefix and its last four characters may be shown. */
const HINT_LENGTH = 4

/** Nothing that was logged, measured, queued or printed holds a key, an email or a name. */
export async function checkSecrecy(deployment: Deployment): Promise<void> {
  const { bench, aws, organization, printed, queueUrl, deadLetterQueueUrl } = deployment
  const logs = await allLogs(deployment)
  const metrics = await aws.call('cloudwatch', 'list_metrics', {}, z.unknown())
  const alarms = await aws.call('cloudwatch', 'describe_alarms', {}, z.unknown())
  const messages = await Promise.all(
    [queueUrl, deadLetterQueueUrl].map((QueueUrl) =>
      aws.call('sqs', 'receive_message', { QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }, z.unknown()),
    ),
  )
  const text = [...logs, printed(), JSON.stringify([metrics, alarms, messages])].join('\n')
  expect(
    logs.some((line) => line.includes('Answered a request')),
    'The api’s log is empty: nothing was looked through.',
  )
  const people = organization.company.usersAt(new Date())
  for (const [kind, key] of Object.entries(organization.keys)) {
    const secret = key.slice(key.lastIndexOf('-') + 1, -HINT_LENGTH)
    expect(!text.includes(secret), `The key ${kind} stands in what was logged or printed.`)
  }
  for (const { id, email, name } of people) {
    const shown = [email, name].filter((value) => typeof value === 'string' && value.length > 0 && text.includes(value))
    expect(shown.length === 0, `The email or name of ${id} stands in what was logged or printed.`)
  }
  bench.say(
    `${logs.length} log events, metrics, messages and all output: no key, none of ${people.length} emails and names`,
  )
}
