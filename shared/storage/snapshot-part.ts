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

/** A row in a part: user and model by their place in the part's lists, days after its base day, the four numbers. */
type PackedRow = [user: number, model: number, day: number, ...numbers: [number, number, number, number]]

const PACKED_NUMBERS = 7
/** The base day of a part without rows. */
const NO_DAY: Day = '1970-01-01'

const partSchema = z.object({
  version: z.literal(1),
  baseDay: z.string(),
  people: z.array(personSchema),
  users: z.array(z.string().nullable()),
  models: z.array(z.string()),
  // Checked by hand: by a schema of tuples it took longer than decompressing and parsing the part.
  rows: z.custom<PackedRow[]>((rows) => Array.isArray(rows) && rows.every(isPackedRow)),
})

function isPackedRow(row: unknown): boolean {
  return Array.isArray(row) && row.length === PACKED_NUMBERS && row.every((value) => typeof value === 'number')
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
  const rows = part.rows.map((row): PackedRow => [
    placeOf(users, row.userId),
    placeOf(models, row.model),
    daysBetween(baseDay, row.day),
    row.requests,
    row.inputTokens,
    row.cachedInputTokens,
    row.outputTokens,
  ])
  return { version: 1, baseDay, people: [...part.people], users: [...users.keys()], models: [...models.keys()], rows }
}

function placeOf<Value>(places: Map<Value, number>, value: Value): number {
  const place = places.get(value) ?? places.size
  places.set(value, place)
  return place
}

/** Reads a part again. Throws `ZodError` for one that is not as it should be. */
export function unpackPart(packed: Uint8Array): SnapshotPart {
  const part = partSchema.parse(JSON.parse(brotliDecompressSync(packed).toString('utf8')))
  const days = new Map<number, Day>()
  return {
    people: part.people,
    rows: part.rows.map(([user, model, offset, requests, inputTokens, cachedInputTokens, outputTokens]) => {
      const day = days.get(offset) ?? addDays(part.baseDay, offset)
      days.set(offset, day)
      const userId = at(part.users, user)
      return { day, userId, model: at(part.models, model), requests, inputTokens, cachedInputTokens, outputTokens }
    }),
  }
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index]
  if (value === undefined) throw new RangeError(`A snapshot part refers to entry ${index}, which it does not have.`)
  return value
}
