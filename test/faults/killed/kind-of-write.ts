import * as z from 'zod'
import type { Kind } from './kill-plan.ts'

const keySchema = z.object({ pk: z.string() })

const batchSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: keySchema }).optional(),
        DeleteRequest: z.object({ Key: keySchema }).optional(),
      }),
    ),
  ),
})

const deleteSchema = z.object({ Key: keySchema })

const putSchema = z.object({
  Item: keySchema.extend({
    lastSync: z.object({ id: z.string(), state: z.string() }).nullish(),
    // What is null is not stored.
    lease: z.looseObject({}).optional(),
    unpublishedGenerations: z.record(z.string(), z.array(z.string())).default({}),
  }),
})

/** Which part of a sync a command belongs to, `storing` for other writes; undefined when it writes nothing. */
export function kindOf(command: string, input: unknown): Exclude<Kind, 'reading'> | undefined {
  if (command === 'BatchWriteCommand') return kindOfBatch(input)
  if (command === 'PutCommand') return kindOfPut(input)
  if (command !== 'DeleteCommand') return undefined
  return deleteSchema.parse(input).Key.pk.startsWith('SNAPSHOT#') ? 'clearing' : 'storing'
}

function kindOfBatch(input: unknown): 'recording' | 'storing' {
  const requests = Object.values(batchSchema.parse(input).RequestItems).flat()
  const partition = requests[0]?.PutRequest?.Item.pk ?? requests[0]?.DeleteRequest?.Key.pk ?? ''
  return /^(USERS|USAGE|OTHER_USAGE|COSTS)#/.test(partition) ? 'recording' : 'storing'
}

/** A run ends with the write of the integration that removes its lease. */
function kindOfPut(input: unknown): 'saving' | 'publishing' | 'recording' | 'storing' {
  const { pk, lastSync, lease, unpublishedGenerations } = putSchema.parse(input).Item
  if (pk.startsWith('SNAPSHOT#')) return 'saving'
  if (pk !== 'INTEGRATIONS' || lastSync == null) return 'storing'
  if (lastSync.state === 'succeeded') return lease === undefined ? 'recording' : 'publishing'
  const isAnnounced = Object.keys(unpublishedGenerations).some((run) => run.startsWith(lastSync.id))
  return lastSync.state === 'running' && isAnnounced ? 'saving' : 'storing'
}
