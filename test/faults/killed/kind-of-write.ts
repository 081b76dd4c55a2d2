import * as z from 'zod'
import type { Kind } from './kill-plan.ts'

const batchSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: z.object({ pk: z.string() }) }).optional(),
        DeleteRequest: z.object({ Key: z.object({ pk: z.string() }) }).optional(),
      }),
    ),
  ),
})

const putSchema = z.object({
  Item: z.object({
    pk: z.string(),
    lastSync: z.object({ state: z.string() }).nullish(),
    // What is null is not stored.
    dirtyWindow: z.looseObject({}).optional(),
  }),
})

/** Which part of a sync a command belongs to, `storing` for other writes; undefined when it writes nothing. */
export function kindOf(command: string, input: unknown): Exclude<Kind, 'reading'> | undefined {
  if (command === 'BatchWriteCommand') return kindOfBatch(input)
  if (command === 'PutCommand') return kindOfPut(input)
  return command === 'DeleteCommand' ? 'storing' : undefined
}

function kindOfBatch(input: unknown): 'saving' | 'storing' {
  const requests = Object.values(batchSchema.parse(input).RequestItems).flat()
  const partition = requests[0]?.PutRequest?.Item.pk ?? requests[0]?.DeleteRequest?.Key.pk ?? ''
  return /^(USERS|USAGE|SNAPSHOT)#/.test(partition) ? 'saving' : 'storing'
}

function kindOfPut(input: unknown): 'saving' | 'publishing' | 'storing' {
  const { pk, lastSync, dirtyWindow } = putSchema.parse(input).Item
  if (pk.startsWith('SNAPSHOT#')) return 'publishing'
  if (pk !== 'INTEGRATIONS') return 'storing'
  if (lastSync?.state === 'succeeded') return 'publishing'
  return lastSync?.state === 'running' && dirtyWindow !== undefined ? 'saving' : 'storing'
}
