import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import * as z from 'zod'
import { addDays, daysBetween, type Day } from '../domain/day.ts'
import type { Snapshot, SnapshotPerson } from '../domain/snapshot.ts'
import type { UsageRow, UsageTable } from '../domain/usage-table.ts'
import { personSchema } from './person-item.ts'

/** Room for the item's keys stays below DynamoDB's 400 KB. */
export const PART_BYTES_AT_MOST = 350 * 1024

const PEOPLE_AT_ONCE = 2_000
const USERS_AT_ONCE = 400
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** Numbers a row: user and model by their place in the part's lists, days after its base day, the four counted ones. */
const ROW_LENGTH = 7
/** The base day of a part without rows. */
const NO_DAY: Day = '1970-01-01'

// Numbers are checked by hand: by a schema it took longer than decompressing and parsing the part.
const numbersSchema = z.custom<number[]>(
  (numbers) => Array.isArray(numbers) && numbers.length % ROW_LENGTH === 0 && areNumbers(numbers),
)
const partSchema = z.object({
  version: z.literal(2),
  baseDay: z.string(),
  people: z.array(personSchema),
  users: z.array(z.string().nullable()),
  models: z.array(z.string()),
  /** One row after another in one list: a list for each row took twice as long to parse. */
  rows: numbersSchema,
})
/** As parts were before: a list for each row, and people beside their rows. */
const olderPartSchema = partSchema.extend({
  version: z.literal(1),
  rows: z
    .array(z.array(z.number()).length(ROW_LENGTH))
    .transform((rows) => rows.flat())
    .pipe(numbersSchema),
})
const anyPartSchema = z.discriminatedUnion('version', [partSchema, olderPartSchema])

function areNumbers(values: readonly unknown[]): boolean {
  for (const value of values) if (typeof value !== 'number') return false
  return true
}

/** Some people of a snapshot or some rows of usage; in snapshots of before, both. */
export interface SnapshotPart {
  readonly people: readonly SnapshotPerson[]
  readonly rows: readonly UsageRow[]
}

/** Cuts a snapshot into parts, the people before their usage. */
export function* packSnapshot({ people, usage }: Snapshot): Generator<Uint8Array> {
  yield* packPeople(people)
  yield* packUsage(usage)
}

/** Cuts people into compressed parts of at most 350 KB, one after the other, so that memory stays bounded. */
export function* packPeople(people: readonly SnapshotPerson[]): Generator<Uint8Array> {
  for (let at = 0; at < people.length; at += PEOPLE_AT_ONCE) {
    yield* packPart({ people: people.slice(at, at + PEOPLE_AT_ONCE), rows: [] }, NO_DAY)
  }
}

/** Cuts usage into such parts, by user. */
export function* packUsage(usage: UsageTable): Generator<Uint8Array> {
  const users = usage.users()
  for (let at = 0; at < users.length; at += USERS_AT_ONCE) {
    const rows = users.slice(at, at + USERS_AT_ONCE).flatMap((userId) => [...usage.rowsOf(userId)])
    yield* packPart({ people: [], rows }, usage.window.from)
  }
}

/** One part, or, when it would be too large, its two halves. */
function* packPart(part: SnapshotPart, baseDay: Day): Generator<Uint8Array> {
  const packed = brotliCompressSync(JSON.stringify(encode(part, baseDay)), FAST)
  if (packed.byteLength <= PART_BYTES_AT_MOST) {
    yield packed
    return
  }
  if (part.people.length + part.rows.length < 2) throw new RangeError('One entry of a snapshot is larger than a part.')
  for (const half of halvesOf(part)) yield* packPart(half, baseDay)
}

function halvesOf({ people, rows }: SnapshotPart): SnapshotPart[] {
  const half = { people: Math.ceil(people.length / 2), rows: Math.ceil(rows.length / 2) }
  return [
    { people: people.slice(0, half.people), rows: rows.slice(0, half.rows) },
    { people: people.slice(half.people), rows: rows.slice(half.rows) },
  ]
}

function encode(part: SnapshotPart, baseDay: Day): z.infer<typeof partSchema> {
  const users = new Map<string | null, number>()
  const models = new Map<string, number>()
  const rows: number[] = []
  for (const row of part.rows) {
    rows.push(placeOf(users, row.userId), placeOf(models, row.model), daysBetween(baseDay, row.day))
    rows.push(row.requests, row.inputTokens, row.cachedInputTokens, row.outputTokens)
  }
  return { version: 2, baseDay, people: [...part.people], users: [...users.keys()], models: [...models.keys()], rows }
}

function placeOf<Value>(places: Map<Value, number>, value: Value): number {
  const place = places.get(value) ?? places.size
  places.set(value, place)
  return place
}

/** Reads a part again. Throws `ZodError` for one that is not as it should be. */
export function unpackPart(packed: Uint8Array): SnapshotPart {
  const rows: UsageRow[] = []
  const people = unpackInto(packed, (row) => rows.push(row))
  return { people, rows }
}

/** Gives a part's people and hands over its rows one by one, so that none is kept. Throws `ZodError`. */
export function unpackInto(packed: Uint8Array, take: (row: UsageRow) => void): readonly SnapshotPerson[] {
  const part = anyPartSchema.parse(JSON.parse(brotliDecompressSync(packed).toString('utf8')))
  const { users, models, rows } = part
  const days = new Map<number, Day>()
  for (let first = 0; first < rows.length; first += ROW_LENGTH) {
    const offset = at(rows, first + 2)
    let day = days.get(offset)
    if (day === undefined) days.set(offset, (day = addDays(part.baseDay, offset)))
    take({
      day,
      userId: at(users, at(rows, first)),
      model: at(models, at(rows, first + 1)),
      requests: at(rows, first + 3),
      inputTokens: at(rows, first + 4),
      cachedInputTokens: at(rows, first + 5),
      outputTokens: at(rows, first + 6),
    })
  }
  return part.people
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index]
  if (value === undefined) throw new RangeError(`A snapshot part refers to entry ${index}, which it does not have.`)
  return value
}
