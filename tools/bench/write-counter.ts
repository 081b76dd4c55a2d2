import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { keys } from '../../shared/storage/table.ts'

const putSchema = z.object({ Item: z.object({ pk: z.string() }) })
const PROGRESS = keys.progressNote('').pk

/** Counts of a client's requests to its table. */
export const tableCountsSchema = z.object({
  reads: z.int(),
  /** Write requests, without progress reports. */
  writes: z.int(),
  writtenItems: z.int(),
  /** Deleted items among those writes. */
  deletedItems: z.int(),
  progressNotes: z.int(),
})

export type TableCounts = z.infer<typeof tableCountsSchema>

const NOTHING: TableCounts = { reads: 0, writes: 0, writtenItems: 0, deletedItems: 0, progressNotes: 0 }

/** Counts a client's requests when they are sent, whatever their outcome. */
export class WriteCounter {
  private counts = NOTHING

  constructor(client: DynamoDBDocumentClient) {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        (request) => {
          this.count(commandName, request.input)
          return next(request)
        },
      { step: 'initialize', name: 'countWrites' },
    )
  }

  /** The counts since the last call. */
  take(): TableCounts {
    const { counts } = this
    this.counts = NOTHING
    return counts
  }

  private count(commandName: string, input: object): void {
    const { reads, writes, writtenItems, deletedItems, progressNotes } = this.counts
    if (/^(Get|Query|BatchGet|Scan)/.test(commandName)) this.counts = { ...this.counts, reads: reads + 1 }
    else if (isProgressNote(input)) this.counts = { ...this.counts, progressNotes: progressNotes + 1 }
    else {
      const items = commandName.startsWith('Delete') ? { written: 1, deleted: 1 } : itemsIn(input)
      this.counts = {
        ...this.counts,
        writes: writes + 1,
        writtenItems: writtenItems + items.written,
        deletedItems: deletedItems + items.deleted,
      }
    }
  }
}

/** A put of how far a sync is. */
function isProgressNote(input: unknown): boolean {
  return putSchema.safeParse(input).data?.Item.pk === PROGRESS
}

function itemsIn(input: object): { written: number; deleted: number } {
  if (!('RequestItems' in input) || !isObject(input.RequestItems)) return { written: 1, deleted: 0 }
  const requests: unknown[] = Object.values(input.RequestItems).flat()
  return {
    written: requests.length,
    deleted: requests.filter((each) => isObject(each) && 'DeleteRequest' in each).length,
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
