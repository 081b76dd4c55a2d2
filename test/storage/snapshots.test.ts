import { randomBytes } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { addDays } from '../../shared/domain/day.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import type { DaySeries } from '../../shared/data-sets/data-set.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { usage, type UsageRow } from '../../shared/data-sets/usage/usage.ts'
import { daysOfWindow } from '../../shared/domain/window.ts'
import {
  packItems,
  packSeries,
  PART_BYTES_AT_MOST,
  unpackItems,
  unpackRows,
} from '../../shared/storage/snapshot-part.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { anyCharacter } from '../any-character.ts'
import { aPerson, aRow, aSnapshot, aTable, rowsIn, WINDOW } from '../builders.ts'
import { startLocalTable } from './local-table.ts'
import { writeSnapshot } from './write-snapshot.ts'
import { directory } from '../../shared/data-sets/directory/directory.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

const DAYS = daysOfWindow(WINDOW)

const oddTexts = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', '0', 'user#1', '👩‍👩‍👧', 'Ärger', 'null', '\u0000'),
  fc.string({ unit: anyCharacter }),
)
const numbers = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const rows: fc.Arbitrary<UsageRow> = fc.record({
  day: fc.nat({ max: 59 }).map((offset) => addDays(WINDOW.from, offset)),
  userId: fc.option(oddTexts),
  model: oddTexts,
  requests: fc.integer({ min: 1, max: 1_000_000 }),
  inputTokens: numbers,
  cachedInputTokens: numbers,
  outputTokens: numbers,
})
const people = fc
  .record({ userId: oddTexts, name: fc.option(oddTexts), email: fc.option(oddTexts), role: fc.option(oddTexts) })
  .map(aPerson)

const AMOUNTS = { requests: [1], inputTokens: [2], cachedInputTokens: [0], outputTokens: [3] }
const COLUMNS = { runs: [0, 0, 1], days: [0], amounts: AMOUNTS }

test('A snapshot is unpacked as it was packed, with any names of users and models', () => {
  const somePeople = fc.uniqueArray(people, { selector: (person) => person.userId, maxLength: 8 })
  const someRows = fc.uniqueArray(rows, {
    selector: (row) => JSON.stringify([row.userId, row.model, row.day]),
    maxLength: 30,
  })
  fc.assert(
    fc.property(somePeople, someRows, (packedPeople, packedRows) => {
      const read = aBuilder()
      expect([...packItems(packedPeople)].flatMap((part) => unpackItems(directory, part))).toEqual(packedPeople)
      for (const part of packSeries(aTable(packedRows))) unpackRows(part, read)
      expect(inOrder(rowsIn(read.build()))).toEqual(inOrder(packedRows))
    }),
    { numRuns: 60 },
  )
})

test('A snapshot comes back as it was written, its people alone too, until it is deleted', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const written = aSnapshot(
    [aPerson({ userId: 'ana' }), aPerson({ userId: '__proto__', name: '🦊', email: null })],
    [
      aRow(),
      aRow({ userId: '__proto__', model: 'constructor', day: WINDOW.from }),
      aRow({ userId: 'left#long/ago' }),
      aRow({ userId: null }),
    ],
  )
  const published = await writeSnapshot(snapshots, 'org', 'g1', written)
  const read = await snapshots.readSnapshot('org', published)
  expect(read.people).toEqual(written.people)
  expect(inOrder(rowsIn(read.series.usage))).toEqual(inOrder(rowsIn(written.series.usage)))
  await snapshots.deleteSnapshot('org', 'usage.g1')
  await expect(snapshots.readSnapshot('org', published)).rejects.toThrow('is incomplete')
  expect(await snapshots.readItems('org', directory, published.dataSets.directory)).toEqual(written.people)
})

test('A snapshot of 2,100 people, 500 with two models on each of 60 days, has parts of at most 350 KB, and loses nothing', () => {
  const everybody = Array.from({ length: 2_100 }, (_, index) => aPerson({ userId: `user-${index}` }))
  const rows = everybody.slice(0, 500).flatMap(({ userId }, index) => denseRows(userId, index))
  const read = aBuilder()
  const parts = { people: [...packItems(everybody)], usage: [...packSeries(aTable(rows))] }
  expect([parts.people.length, parts.usage.length]).toEqual([2, 3])
  for (const part of [...parts.people, ...parts.usage]) {
    expect(part.byteLength).toBeLessThanOrEqual(PART_BYTES_AT_MOST)
  }
  expect(parts.people.flatMap((part) => unpackItems(directory, part))).toEqual(everybody)
  for (const part of parts.usage) unpackRows(part, read)
  const table = read.build()
  expect(table.rowCount).toBe(60_000)
  expect(digestOf(table)).toBe(digestOf(aTable(rows)))
})

test.each([
  ['a number is a text', { amounts: { ...AMOUNTS, requests: ['1'] } }],
  ['a column is shorter than the others', { amounts: { ...AMOUNTS, outputTokens: [] } }],
  ['a measure is missing', { amounts: { requests: [1] } }],
  ['a run has more days than the columns', { runs: [0, 0, 2] }],
  ['a run is cut short', { runs: [0, 0] }],
  ['a run names a user who is not there', { runs: [1, 0, 1] }],
  ['a run names a model that is not there', { runs: [0, 1, 1] }],
  ['the rows are of a series that nobody asked for', { series: 'other' }],
  ['the base day is none', { baseDay: 'nonsense' }],
  ['a day is a fraction', { days: [0.5] }],
  ['a number is negative', { amounts: { ...AMOUNTS, outputTokens: [-1] } }],
])('A part in which %s is refused', (_, wrong) => {
  const rows = { series: 'usage', baseDay: WINDOW.from, users: ['ana'], labels: { model: ['gpt-5'] }, ...COLUMNS }
  const table = aBuilder()
  const partOf = (overrides: object) => zstdCompressSync(JSON.stringify({ ...rows, ...overrides }))
  unpackRows(partOf({}), table)
  expect(table.build().users).toEqual(['ana'])
  expect(() => unpackRows(partOf(wrong), aBuilder())).toThrow()
})

test('As of a later window, those whose usage lies before it have none', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const snapshot = aSnapshot([], [aRow({ day: WINDOW.from, userId: 'gone' }), aRow()])
  const parts = await snapshots.writeTable('three', 'one', snapshot.series.usage)
  const later = { from: addDays(WINDOW.from, 1), to: addDays(WINDOW.to, 1) }
  const read = await snapshots.readTable('three', usage, { generation: 'one', parts, window: later })
  expect(read.users).toEqual(['ana'])
  expect(rowsIn(read)).toEqual([aRow()])
})

test('Usage of a user and of nobody that exceeds a part is split by models and days', () => {
  const models = Array.from({ length: 600 }, () => randomBytes(900).toString('base64'))
  const written = models.flatMap((model) => [aRow({ model }), aRow({ model, userId: null })])
  const parts = [...packSeries(aTable(written))]
  expect(Math.max(...parts.map((part) => part.byteLength))).toBeLessThanOrEqual(PART_BYTES_AT_MOST)
  const read = aBuilder()
  for (const part of parts) unpackRows(part, read)
  expect(inOrder(rowsIn(read.build()))).toEqual(inOrder(written))
})

test('A single person or row that is larger than a part is an error', () => {
  const text = randomBytes(600_000).toString('base64')
  const message = 'One entry of a snapshot is larger than a part.'
  expect(() => [...packItems([aPerson({ name: text })])]).toThrow(message)
  expect(() => [...packSeries(aTable([aRow({ model: text })]))]).toThrow(message)
})

test('Deleting a generation leaves the others', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const snapshot = aSnapshot([aPerson()], [aRow()])
  await writeSnapshot(snapshots, 'two', 'old', snapshot)
  const published = await writeSnapshot(snapshots, 'two', 'new', snapshot)
  await snapshots.deleteSnapshot('two', 'directory.old')
  await snapshots.deleteSnapshot('two', 'directory.old')
  expect((await snapshots.readSnapshot('two', published)).people).toEqual([aPerson()])
})

function aBuilder() {
  return new DayTableBuilder<DaySeries>(usage, WINDOW)
}

function inOrder(given: Iterable<UsageRow>): UsageRow[] {
  const keyOf = (row: UsageRow) => JSON.stringify([row.userId, row.model, row.day])
  return [...given].toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
}

function denseRows(userId: string, seed: number): UsageRow[] {
  return Array.from({ length: 120 }, (_, index) =>
    aRow({
      userId,
      day: DAYS[index % 60] ?? WINDOW.from,
      model: index < 60 ? 'gpt-5' : 'gpt-5-mini',
      requests: 1 + ((seed * 31 + index * 17) % 97),
      inputTokens: (seed * 7_919 + index * 104_729) % 99_991,
      cachedInputTokens: (seed * 6_101 + index * 3_001) % 9_973,
      outputTokens: (seed * 1_299_709 + index * 15_485_863) % 49_999,
    }),
  )
}
