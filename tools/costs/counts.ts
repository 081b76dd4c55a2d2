import * as z from 'zod'
import counts from './counts.json' with { type: 'json' }

const unitsSchema = z.object({ requests: z.int(), writeUnits: z.number(), readUnits: z.number() })

/** The file that `npm run costs` writes. */
export const countsSchema = z.object({
  countedOn: z.iso.date(),
  /** What one sync asks of the table, by what it finds. */
  syncs: z.object({
    first: unitsSchema,
    newDay: unitsSchema,
    changedDay: unitsSchema,
    quiet: unitsSchema,
    quietAgain: unitsSchema,
  }),
  /** How long each of them ran, by the clock that the pages move. */
  syncSeconds: z.number(),
  /** The integration and its snapshot, as an answer of the api reads them. */
  answer: unitsSchema,
  integrationBytes: z.int(),
  /** What DynamoDB stores and bills of one organization. */
  tableBytes: z.int(),
  snapshotParts: z.int(),
  stack: z.object({ alarms: z.int(), overviews: z.int(), metrics: z.int() }),
})

/** DynamoDB's request units, and the requests that they were counted in. */
export type Units = z.infer<typeof unitsSchema>

export type Counts = z.infer<typeof countsSchema>

/** What was counted when `npm run costs` last ran. */
export const COUNTS: Counts = countsSchema.parse(counts)
