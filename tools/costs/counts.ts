import * as z from 'zod'
import counts from './counts.json' with { type: 'json' }

const unitsSchema = z.object({ requests: z.int(), writeUnits: z.number(), readUnits: z.number() })

/** The file that `npm run costs` writes. */
export const countsSchema = z.object({
  countedOn: z.iso.date(),
  /** The requests of one sync to the table, by what it finds. */
  syncs: z.object({
    first: unitsSchema,
    newDay: unitsSchema,
    changedDay: unitsSchema,
    quiet: unitsSchema,
    quietAgain: unitsSchema,
  }),
  /** The duration of each sync, measured with the clock that the pages advance. */
  syncSeconds: z.number(),
  /** The integration and its snapshot, as an answer of the api reads them. */
  answer: unitsSchema,
  /** Its summary, as answers about all organizations and the hourly clean-up read it. */
  summary: unitsSchema,
  integrationBytes: z.int(),
  /** The bytes that DynamoDB stores and bills for one organization. */
  tableBytes: z.int(),
  snapshotParts: z.int(),
  /** A first sync, and the first of the next day, of a simulated organization of each provider: the requests to it, and the units of the table. */
  providers: z.record(
    z.string(),
    z.object({ requests: z.int(), firstWriteUnits: z.number(), newDayWriteUnits: z.number() }),
  ),
  stack: z.object({ alarms: z.int(), overviews: z.int(), metrics: z.int(), signingKeys: z.int() }),
})

/** DynamoDB's request units, and the number of requests. */
export type Units = z.infer<typeof unitsSchema>

export type Counts = z.infer<typeof countsSchema>

/** The counts of the last `npm run costs`. */
export const COUNTS: Counts = countsSchema.parse(counts)
