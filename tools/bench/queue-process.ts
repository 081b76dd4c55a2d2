import { createHash } from 'node:crypto'
import * as z from 'zod'
import { startAwsServer } from '../../test/aws/aws-server.ts'
import { serve } from './child.ts'

// A queue in its own process. It accepts batches of messages and stores none.
const batchSchema = z.object({ Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })) })

const server = await startAwsServer((_call, parameters) => {
  const { Entries: entries } = batchSchema.parse(parameters)
  return { body: { Successful: entries.map(({ Id, MessageBody }) => ({ Id, MD5OfMessageBody: md5(MessageBody) })) } }
})

serve({
  endpoint: async () => server.config.endpoint,
  takeCallCount: async () => server.calls.splice(0).length,
})

/** The SDK compares this checksum with its own. */
function md5(body: string): string {
  return createHash('md5').update(body).digest('hex')
}
