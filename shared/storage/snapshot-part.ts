import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import { daysBetween, isDay } from '../domain/day.ts'
import type { Snapshot, SnapshotPerson } from '../data-sets/snapshot.ts'
import { valueAt, internIndex } from '../data-sets/usage/usage-columns.ts'
import type { UsageOwner, UsageTableBuilder } from '../data-sets/usage/usage-table-builder.ts'
import { NO_ROWS, type RowSpan, type UsageTable } from '../data-sets/usage/usage-table.ts'
import { unpackOlderPart } from './older-snapshot-part.ts'
import { personSchema } from './person-item.ts'

/** Room for the item's keys stays below DynamoDB's 400 KB. */
export const PART_BYTES_AT_MOST = 350 * 1024

const PEOPLE_AT_ONCE = 2_000
/** About how many rows of usage a part holds; some 10 bytes each, compressed. */
export const ROWS_A_PART = 24_000
/** Smaller than what Brotli made of it in six times the time, and unpacked in a third of it: docs/adr/0008-performance.md. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
/** What every zstd frame begins with. https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1 */
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** What a part of usage has three of for each series: user and model by their place in the part's lists, number of days. */
const SERIES_LENGTH = 3

// Numbers are checked by hand: by a schema it took longer than decompressing and parsing the part.
const numbersSchema = z.custom<number[]>((numbers) => Array.isArray(numbers) && areCounts(numbers))
/** One series after another, of each the days with usage: columns compress better than rows, and parse quicker. */
const columnsSchema = z.object({
  series: numbersSchema,
  /** Counted from the base day. */
  days: numbersSchema,
  requests: numbersSchema,
  inputTokens: numbersSchema,
  cachedInputTokens: numbersSchema,
  outputTokens: numbersSchema,
})
const partSchema = columnsSchema
  .extend({
    version: z.literal(3),
    baseDay: z.string().refine(isDay),
    people: z.array(personSchema),
    users: z.array(z.string().nullable()),
    models: z.array(z.string()),
  })
  .refine(areWhole)

type Columns = z.infer<typeof columnsSchema>
type Part = z.infer<typeof partSchema>

/** Some people of a snapshot, or some rows of its usage. */
interface Content {
  readonly people: readonly SnapshotPerson[]
  readonly usage: UsageTable
  readonly rows: RowSpan
}

/** Whole numbers from zero up. */
function areCounts(values: readonly unknown[]): boolean {
  for (const value of values) if (!Number.isInteger(value) || Number(value) < 0) return false
  return true
}

function areWhole({ series, days, requests, inputTokens, cachedInputTokens, outputTokens }: Columns): boolean {
  let rows = 0
  for (let at = 0; at < series.length; at += SERIES_LENGTH) rows += series[at + 2] ?? Number.NaN
  return [days, requests, inputTokens, cachedInputTokens, outputTokens].every(({ length }) => length === rows)
}

/** Cuts a snapshot into compressed parts of at most 350 KB, one after the other: memory stays bounded. The people come first. */
export function* packSnapshot(snapshot: Snapshot): Generator<Uint8Array> {
  yield* packPeople(snapshot)
  yield* packUsage(snapshot)
}

/** The parts that hold the people. */
export function* packPeople({ people, usage }: Snapshot): Generator<Uint8Array> {
  for (let at = 0; at < people.length; at += PEOPLE_AT_ONCE) {
    yield* packPart({ people: people.slice(at, at + PEOPLE_AT_ONCE), usage, rows: NO_ROWS })
  }
}

/** The parts that hold the usage, by user. */
export function* packUsage({ usage }: Snapshot): Generator<Uint8Array> {
  let from = 0
  for (const userId of usage.users) {
    const { to } = usage.spanOf(userId)
    if (to - from < ROWS_A_PART && to < usage.rowCount) continue
    yield* packPart({ people: [], usage, rows: { from, to } })
    from = to
  }
}

/** One part, or, when it would be too large, its two halves. */
function* packPart(content: Content): Generator<Uint8Array> {
  const packed = zstdCompressSync(JSON.stringify(encode(content)), FAST)
  if (packed.byteLength <= PART_BYTES_AT_MOST) {
    yield packed
    return
  }
  const { people, rows } = content
  if (people.length + rows.to - rows.from < 2) throw new RangeError('One entry of a snapshot is larger than a part.')
  for (const half of halvesOf(content)) yield* packPart(half)
}

function halvesOf({ people, usage, rows }: Content): Content[] {
  const half = Math.ceil(people.length / 2)
  const middle = Math.ceil((rows.from + rows.to) / 2)
  return [
    { people: people.slice(0, half), usage, rows: { from: rows.from, to: middle } },
    { people: people.slice(half), usage, rows: { from: middle, to: rows.to } },
  ]
}

function encode({ people, usage, rows }: Content): Part {
  const users = new Map<string | null, number>()
  const models = new Map<string, number>()
  const columns: Columns = {
    series: [],
    days: [],
    requests: [],
    inputTokens: [],
    cachedInputTokens: [],
    outputTokens: [],
  }
  for (const { userId, model, ...series } of seriesOf(usage, rows)) {
    columns.series.push(internIndex(users, userId), internIndex(models, model), series.to - series.from)
    addRows(columns, usage, series)
  }
  const names = { users: [...users.keys()], models: [...models.keys()] }
  return { version: 3, baseDay: usage.window.from, people: [...people], ...names, ...columns }
}

/** Rows of one user and one model each, which follow one another in a table. */
function* seriesOf(usage: UsageTable, rows: RowSpan): Generator<UsageOwner & RowSpan> {
  const { columns } = usage
  let { from } = rows
  while (from < rows.to) {
    const [user, model] = [columns.user[from], columns.model[from]]
    let to = from + 1
    while (to < rows.to && columns.user[to] === user && columns.model[to] === model) to += 1
    yield { userId: usage.userAt(from), model: usage.modelAt(from), from, to }
    from = to
  }
}

function addRows(columns: Columns, usage: UsageTable, { from, to }: RowSpan): void {
  for (let row = from; row < to; row += 1) {
    const { requests, inputTokens, cachedInputTokens, outputTokens } = usage.numbersAt(row)
    columns.days.push(usage.columns.day[row] ?? 0)
    columns.requests.push(requests)
    columns.inputTokens.push(inputTokens)
    columns.cachedInputTokens.push(cachedInputTokens)
    columns.outputTokens.push(outputTokens)
  }
}

/**
 * Gives a part's people, and adds its usage to a table if one is to be built; days outside the table's window are left out.
 * Throws `ZodError` for a part that is not as it should be.
 */
export function unpackPart(packed: Uint8Array, usage: UsageTableBuilder | null): readonly SnapshotPerson[] {
  if (Buffer.compare(packed.subarray(0, ZSTD_MAGIC.length), ZSTD_MAGIC) !== 0) return unpackOlderPart(packed, usage)
  const part = partSchema.parse(JSON.parse(zstdDecompressSync(packed).toString('utf8')))
  if (usage !== null) addUsage(part, usage)
  return part.people
}

function addUsage(part: Part, usage: UsageTableBuilder): void {
  const shift = daysBetween(usage.window.from, part.baseDay)
  let row = 0
  for (let at = 0; at < part.series.length; at += SERIES_LENGTH) {
    const owner = { userId: valueAt(part.users, part.series[at]), model: valueAt(part.models, part.series[at + 1]) }
    const end = row + (part.series[at + 2] ?? 0)
    for (; row < end; row += 1) {
      const day = (part.days[row] ?? -1) + shift
      if (day < 0 || day >= usage.days.length) continue
      usage.addOn(day, owner, {
        requests: part.requests[row] ?? 0,
        inputTokens: part.inputTokens[row] ?? 0,
        cachedInputTokens: part.cachedInputTokens[row] ?? 0,
        outputTokens: part.outputTokens[row] ?? 0,
      })
    }
  }
}
