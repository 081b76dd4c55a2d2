import * as z from 'zod'
import { SYNC_TRIGGERS } from '../../shared/integrations/sync.ts'
import type { QueueMessage } from '../../shared/ports/sync-queue.ts'

const messageSchema = z
  .string()
  .transform((body): unknown => JSON.parse(body))
  .pipe(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('sync'),
        integrationId: z.string(),
        syncId: z.string(),
        trigger: z.enum(SYNC_TRIGGERS),
      }),
      z.object({ kind: z.literal('purge'), integrationId: z.string() }),
    ]),
  )

const eventSchema = z.object({
  // One message for each invocation: a batch would share one timeout, and one crash would return all of it.
  Records: z.tuple([
    z.object({
      body: messageSchema,
      attributes: z.object({ ApproximateReceiveCount: z.string().regex(/^\d+$/).transform(Number) }),
    }),
  ]),
})

/** The message of an SQS event, and its delivery count including this one. Throws `ZodError`. */
export function parseQueueEvent(event: unknown): { message: QueueMessage; deliveryCount: number } {
  const [{ body, attributes }] = eventSchema.parse(event).Records
  return { message: body, deliveryCount: attributes.ApproximateReceiveCount }
}
