import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'

const putSchema = z.object({
  Item: z.object({
    lastSync: z.object({ state: z.string(), progress: z.unknown() }).nullish(),
  }),
})

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
  private lastProgress: string | undefined

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
    this.lastProgress = undefined
    return counts
  }

  private count(commandName: string, input: object): void {
    const { reads, writes, writtenItems, deletedItems, progressNotes } = this.counts
    if (/^(Get|Query|BatchGet|Scan)/.test(commandName)) this.counts = { ...this.counts, reads: reads + 1 }
    else if (this.isProgressNote(input)) this.counts = { ...this.counts, progressNotes: progressNotes + 1 }
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

  /** A put of the integration that changes the running sync's progress. */
  private isProgressNote(input: unknown): boolean {
    const lastSync = putSchema.safeParse(input).data?.Item.lastSync
    if (lastSync?.state !== 'running') return false
    const progress = JSON.stringify(lastSync.progress ?? null)
    // The first one is the claim.
    const isNews = this.lastProgress !== undefined && progress !== this.lastProgress
    this.lastProgress = progress
    return isNews
  }
}

/** Without a JSON parser: parsing every batch would take time of the measured process. */
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
