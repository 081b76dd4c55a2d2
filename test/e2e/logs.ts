import * as z from 'zod'
import type { Deployment } from './deployment.ts'

const groupsSchema = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) })
const eventsSchema = z.object({
  events: z.array(z.object({ message: z.string() })),
  nextToken: z.string().optional(),
})

/** Every line of every log group. */
export async function allLogs({ aws }: Deployment): Promise<string[]> {
  const { logGroups } = await aws.call('logs', 'describe_log_groups', {}, groupsSchema)
  const lines: string[] = []
  for (const { logGroupName } of logGroups) {
    let nextToken: string | undefined
    do {
      const parameters = { logGroupName, ...(nextToken !== undefined && { nextToken }) }
      const page = await aws.call('logs', 'filter_log_events', parameters, eventsSchema)
      lines.push(...page.events.map(({ message }) => message))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
  }
  return lines
}
