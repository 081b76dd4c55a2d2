import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import { daysBetween, type Day } from '../domain/day.ts'
import type { Snapshot, SnapshotPerson } from '../domain/snapshot.ts'
import { isUsedOn, NUMBERS_A_DAY, type UsageSeries, type UsageTable } from '../domain/usage-table.ts'
import { unpackOlderPart } from './older-snapshot-part.ts'
import { personSchema } from './person-item.ts'

/** Room for the item's keys stays below DynamoDB's 400 KB. */
export const PART_BYTES_AT_MOST = 350 * 1024

const PEOPLE_AT_ONCE = 2_000
/** User's days with a model; some 10 bytes each, compressed. */
const ROWS_AT_ONCE = 24_000
/** Smaller than what Brotli made of it in six times the time, and unpacked in a third of it: docs/adr/0008-performance.md. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
/** What every zstd frame begins with. https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1 */
const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** What a part of usage has three of for each series: user and model by their place in the part's lists, number of days. */
const SERIES_LENGTH = 3

// Numbers are checked by hand: by a schema it took longer than decompressing and parsing the part.
const numbersSchema = z.custom<number[]>((numbers) => Array.isArray(numbers) && areNumbers(numbers))
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
    baseDay: z.string(),
    people: z.array(personSchema),
    users: z.array(z.string().nullable()),
    models: z.array(z.string()),
  })
  .refine(areWhole)

type Columns = z.infer<typeof columnsSchema>
type Part = z.infer<typeof partSchema>

/** One user's use of one model. */
interface Entry {
  readonly userId: string | null
  readonly model: string
  readonly series: UsageSeries
}

/** Some people of a snapshot, or some of its usage. */
interface Content {
  readonly people: readonly SnapshotPerson[]
  readonly usage: readonly Entry[]
}

function areNumbers(values: readonly unknown[]): boolean {
  for (const value of values) if (typeof value !== 'number') return false
  return true
}

function areWhole({ series, days, requests, inputTokens, cachedInputTokens, outputTokens }: Columns): boolean {
  let rows = 0
  for (let at = 0; at < series.length; at += SERIES_LENGTH) rows += series[at + 2] ?? Number.NaN
  return [days, requests, inputTokens, cachedInputTokens, outputTokens].every(({ length }) => length === rows)
}

/** Cuts a snapshot into parts, the people before their usage. */
export function* packSnapshot({ people, usage }: Snapshot): Generator<Uint8Array> {
  yield* packPeople(people, usage.window.from)
  yield* packUsage(usage)
}

/** Cuts people into compressed parts of at most 350 KB, one after the other, so that memory stays bounded. */
export function* packPeople(people: readonly SnapshotPerson[], baseDay: Day): Generator<Uint8Array> {
  for (let at = 0; at < people.length; at += PEOPLE_AT_ONCE) {
    yield* packPart({ people: people.slice(at, at + PEOPLE_AT_ONCE), usage: [] }, baseDay)
  }
}

/** Cuts usage into such parts, by user. */
export function* packUsage(table: UsageTable): Generator<Uint8Array> {
  let usage: Entry[] = []
  let rows = 0
  for (const userId of table.users()) {
    for (const [model, series] of table.modelsOf(userId)) {
      usage.push({ userId, model, series })
      rows += table.days.filter((_, place) => isUsedOn(series, place)).length
    }
    if (rows < ROWS_AT_ONCE) continue
    yield* packPart({ people: [], usage }, table.window.from)
    usage = []
    rows = 0
  }
  if (usage.length > 0) yield* packPart({ people: [], usage }, table.window.from)
}

/** One part, or, when it would be too large, its two halves. */
function* packPart(content: Content, baseDay: Day): Generator<Uint8Array> {
  const packed = zstdCompressSync(JSON.stringify(encode(content, baseDay)), FAST)
  if (packed.byteLength <= PART_BYTES_AT_MOST) {
    yield packed
    return
  }
  if (content.people.length + content.usage.length < 2) {
    throw new RangeError('One entry of a snapshot is larger than a part.')
  }
  for (const half of halvesOf(content)) yield* packPart(half, baseDay)
}

function halvesOf({ people, usage }: Content): Content[] {
  const half = { people: Math.ceil(people.length / 2), usage: Math.ceil(usage.length / 2) }
  return [
    { people: people.slice(0, half.people), usage: usage.slice(0, half.usage) },
    { people: people.slice(half.people), usage: usage.slice(half.usage) },
  ]
}

function encode({ people, usage }: Content, baseDay: Day): Part {
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
  for (const { userId, model, series } of usage) {
    columns.series.push(placeOf(users, userId), placeOf(models, model), addDays(columns, series))
  }
  return { version: 3, baseDay, people: [...people], users: [...users.keys()], models: [...models.keys()], ...columns }
}

/** Adds the days of a series that have usage; gives how many. */
function addDays(columns: Columns, series: UsageSeries): number {
  const before = columns.days.length
  for (let place = 0; place * NUMBERS_A_DAY < series.length; place += 1) {
    if (!isUsedOn(series, place)) continue
    const day = place * NUMBERS_A_DAY
    columns.days.push(place)
    columns.requests.push(series[day] ?? 0)
    columns.inputTokens.push(series[day + 1] ?? 0)
    columns.cachedInputTokens.push(series[day + 2] ?? 0)
    columns.outputTokens.push(series[day + 3] ?? 0)
  }
  return columns.days.length - before
}

function placeOf<Value>(places: Map<Value, number>, value: Value): number {
  const place = places.get(value) ?? places.size
  places.set(value, place)
  return place
}

/**
 * Gives a part's people, and adds its usage to a table if one is given; days outside the table's window are left out.
 * Throws `ZodError` for a part that is not as it should be.
 */
export function unpackPart(packed: Uint8Array, table: UsageTable | null): readonly SnapshotPerson[] {
  if (Buffer.compare(packed.subarray(0, ZSTD_MAGIC.length), ZSTD_MAGIC) !== 0) return unpackOlderPart(packed, table)
  const part = partSchema.parse(JSON.parse(zstdDecompressSync(packed).toString('utf8')))
  if (table !== null) addUsage(part, table)
  return part.people
}

function addUsage(part: Part, table: UsageTable): void {
  const shift = daysBetween(table.window.from, part.baseDay)
  let row = 0
  for (let at = 0; at < part.series.length; at += SERIES_LENGTH) {
    const end = row + (part.series[at + 2] ?? 0)
    // Only made for days within the window: a user without any has no usage.
    let series: UsageSeries | undefined
    for (; row < end; row += 1) {
      const place = (part.days[row] ?? -1) + shift
      if (place < 0 || place >= table.days.length) continue
      series ??= table.seriesOf(valueAt(part.users, part.series[at]), valueAt(part.models, part.series[at + 1]))
      const day = place * NUMBERS_A_DAY
      series[day] = part.requests[row] ?? 0
      series[day + 1] = part.inputTokens[row] ?? 0
      series[day + 2] = part.cachedInputTokens[row] ?? 0
      series[day + 3] = part.outputTokens[row] ?? 0
    }
  }
}

function valueAt<Value>(values: readonly Value[], place = -1): Value {
  const value = values[place]
  if (value === undefined) throw new RangeError(`A snapshot part refers to entry ${place}, which it does not have.`)
  return value
}
