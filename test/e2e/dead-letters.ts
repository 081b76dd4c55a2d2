import * as z from 'zod'
import { eventually } from './api-client.ts'
import type { Deployment } from './deployment.ts'
import { expect } from './step.ts'

/** The queue's own is longer than a sync may take, and a message comes again only after it. */
const SHORT_VISIBILITY_SECONDS = '2'
/** Three tries, and the look at it in the dead-letter queue. */
const RECEIVED = 4

const attributesSchema = z.object({ Attributes: z.object({ VisibilityTimeout: z.string() }) })
const messagesSchema = z.object({
  Messages: z
    .array(z.object({ Body: z.string(), Attributes: z.object({ ApproximateReceiveCount: z.string() }) }))
    .default([]),
})

/** A message that crashes the function each time lies in the dead-letter queue after three tries. */
export async function checkDeadLetters({ bench, aws, queueUrl, deadLetterQueueUrl }: Deployment): Promise<void> {
  const parameters = { QueueUrl: queueUrl, AttributeNames: ['VisibilityTimeout'] }
  const { Attributes: own } = await aws.call('sqs', 'get_queue_attributes', parameters, attributesSchema)
  const setVisibility = (VisibilityTimeout: string) =>
    aws.call('sqs', 'set_queue_attributes', { QueueUrl: queueUrl, Attributes: { VisibilityTimeout } }, z.unknown())
  const crashing = JSON.stringify({ kind: 'unheard-of', mark: crypto.randomUUID() })
  await setVisibility(SHORT_VISIBILITY_SECONDS)
  try {
    await aws.call('sqs', 'send_message', { QueueUrl: queueUrl, MessageBody: crashing }, z.unknown())
    const received = await eventually('the message in the dead-letter queue', async () => {
      const { Messages: messages } = await aws.call(
        'sqs',
        'receive_message',
        { QueueUrl: deadLetterQueueUrl, AttributeNames: ['All'], VisibilityTimeout: 0 },
        messagesSchema,
      )
      return messages.find(({ Body }) => Body === crashing)
    })
    const count = Number(received.Attributes.ApproximateReceiveCount)
    expect(count === RECEIVED, `The message was tried ${count - 1} times, not 3.`)
  } finally {
    await setVisibility(own.VisibilityTimeout)
  }
  bench.say('A message that always crashes was tried three times, and lies in the dead-letter queue')
}
