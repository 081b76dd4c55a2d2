import { randomBytes } from 'node:crypto'
import { brotliCompressSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { addDays } from '../../shared/domain/day.ts'
import { digestOf } from '../../shared/data-sets/usage/usage-digest.ts'
import { UsageTableBuilder } from '../../shared/data-sets/usage/usage-table-builder.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage-table.ts'
import { daysOfWindow } from '../../shared/domain/window.ts'
import { packPeople, packSnapshot, PART_BYTES_AT_MOST, unpackPart } from '../../shared/storage/snapshot-part.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { anyCharacter } from '../any-character.ts'
import { aPerson, aRow, aTable, WINDOW } from '../builders.ts'
import { startLocalTable } from './local-table.ts'

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

test('Whatever users, models and names are called, a snapshot is unpacked as it was packed', () => {
  const somePeople = fc.uniqueArray(people, { selector: (person) => person.userId, maxLength: 8 })
  const someRows = fc.uniqueArray(rows, {
    selector: (row) => JSON.stringify([row.userId, row.model, row.day]),
    maxLength: 30,
  })
  fc.assert(
    fc.property(somePeople, someRows, (packedPeople, packedRows) => {
      const snapshot = { people: packedPeople, usage: aTable(packedRows) }
      const read = new UsageTableBuilder(WINDOW)
      expect([...packPeople(snapshot)].flatMap((part) => unpackPart(part, null))).toEqual(packedPeople)
      expect([...packSnapshot(snapshot)].flatMap((part) => unpackPart(part, read))).toEqual(packedPeople)
      expect(inOrder(read.build().rows())).toEqual(inOrder(packedRows))
    }),
    { numRuns: 60 },
  )
})

test('A snapshot comes back as it was written, its people alone too, until it is deleted', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const written = {
    people: [aPerson({ userId: 'ana' }), aPerson({ userId: '__proto__', name: '🦊', email: null })],
    usage: aTable([
      aRow(),
      aRow({ userId: '__proto__', model: 'constructor', day: WINDOW.from }),
      aRow({ userId: 'left#long/ago' }),
      aRow({ userId: null }),
    ]),
  }
  const { parts, peopleParts } = await snapshots.writeSnapshot('org', 'g1', written)
  const read = await snapshots.readSnapshot('org', 'g1', parts, WINDOW)
  expect(read.people).toEqual(written.people)
  expect(inOrder(read.usage.rows())).toEqual(inOrder(written.usage.rows()))
  expect(await snapshots.readPeople('org', 'g1', peopleParts)).toEqual(written.people)
  await snapshots.deleteSnapshot('org', 'g1')
  await expect(snapshots.readSnapshot('org', 'g1', parts, WINDOW)).rejects.toThrow('is incomplete')
})

test('A snapshot of 2,100 people, 500 with two models on each of 60 days, has parts of at most 350 KB, and loses nothing', () => {
  const everybody = Array.from({ length: 2_100 }, (_, index) => aPerson({ userId: `user-${index}` }))
  const usage = aTable(everybody.slice(0, 500).flatMap(({ userId }, index) => denseRows(userId, index)))
  const read = new UsageTableBuilder(WINDOW)
  let peopleRead = 0
  let parts = 0
  for (const packed of packSnapshot({ people: everybody, usage })) {
    expect(packed.byteLength).toBeLessThanOrEqual(PART_BYTES_AT_MOST)
    peopleRead += unpackPart(packed, read).length
    parts += 1
  }
  // Two with people, three with usage.
  expect(parts).toBe(5)
  expect(peopleRead).toBe(2_100)
  const table = read.build()
  expect(table.rowCount).toBe(60_000)
  expect(digestOf(table)).toBe(digestOf(usage))
})

test('A part as it was written before, a list for each row beside the people, is read as well', () => {
  const older = {
    version: 1,
    baseDay: '2026-09-26',
    people: [aPerson()],
    users: ['ana', null],
    models: ['gpt-5'],
    rows: [
      [0, 0, 59, 1, 10, 2, 5],
      [1, 0, 0, 3, 0, 0, 0],
    ],
  }
  const rows = [
    aRow(),
    aRow({ day: '2026-09-26', userId: null, requests: 3, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }),
  ]
  const inOneList = { ...older, version: 2, rows: older.rows.flat() }
  for (const part of [older, inOneList]) {
    const table = new UsageTableBuilder(WINDOW)
    expect(unpackPart(brotliCompressSync(JSON.stringify(part)), table)).toEqual([aPerson()])
    expect(inOrder(table.build().rows())).toEqual(inOrder(rows))
  }
  const dayLater = new UsageTableBuilder({ from: addDays(WINDOW.from, 1), to: WINDOW.to })
  unpackPart(brotliCompressSync(JSON.stringify(older)), dayLater)
  expect([...dayLater.build().rows()]).toEqual([aRow()])
  const broken = { ...inOneList, rows: [0, 0, 59, 1, 10, 2] }
  expect(() => unpackPart(brotliCompressSync(JSON.stringify(broken)), null)).toThrow()
})

test.each([
  ['a number is a text', { requests: ['1'] }],
  ['a column is shorter than the others', { outputTokens: [] }],
  ['a series has more days than the columns', { series: [0, 0, 2] }],
  ['a series names a user who is not there', { series: [1, 0, 1] }],
  ['its version is none that is known', { version: 4 }],
  ['the base day is none', { baseDay: 'nonsense' }],
  ['a day is a fraction', { days: [0.5] }],
  ['a number is negative', { outputTokens: [-1] }],
])('A part in which %s is refused', (_, wrong) => {
  const numbers = { days: [0], requests: [1], inputTokens: [2], cachedInputTokens: [0], outputTokens: [3] }
  const lists = { people: [], users: ['ana'], models: ['gpt-5'], series: [0, 0, 1] }
  const part = { version: 3, baseDay: WINDOW.from, ...lists, ...numbers }
  const table = new UsageTableBuilder(WINDOW)
  expect(unpackPart(zstdCompressSync(JSON.stringify(part)), table)).toEqual([])
  expect(table.build().users).toEqual(['ana'])
  expect(() =>
    unpackPart(zstdCompressSync(JSON.stringify({ ...part, ...wrong })), new UsageTableBuilder(WINDOW)),
  ).toThrow()
})

test('As of a later window, those whose usage lies before it have none', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const usage = aTable([aRow({ day: WINDOW.from, userId: 'gone' }), aRow()])
  const { parts } = await snapshots.writeSnapshot('three', 'one', { people: [], usage })
  const later = { from: addDays(WINDOW.from, 1), to: addDays(WINDOW.to, 1) }
  const read = await snapshots.readSnapshot('three', 'one', parts, later)
  expect(read.usage.users).toEqual(['ana'])
  expect([...read.usage.rows()]).toEqual([aRow()])
})

test('Usage of a user and of nobody that exceeds a part is split by models and days', () => {
  const models = Array.from({ length: 600 }, () => randomBytes(900).toString('base64'))
  const written = models.flatMap((model) => [aRow({ model }), aRow({ model, userId: null })])
  const parts = [...packSnapshot({ people: [aPerson()], usage: aTable(written) })]
  expect(Math.max(...parts.map((part) => part.byteLength))).toBeLessThanOrEqual(PART_BYTES_AT_MOST)
  const read = new UsageTableBuilder(WINDOW)
  for (const part of parts) unpackPart(part, read)
  expect(inOrder(read.build().rows())).toEqual(inOrder(written))
})

test('A person who alone is larger than a part is an error, with usage and without', () => {
  const person = aPerson({ name: randomBytes(600_000).toString('base64') })
  expect(() => [...packSnapshot({ people: [person], usage: aTable([]) })]).toThrow(
    'One entry of a snapshot is larger than a part.',
  )
  expect(() => [...packSnapshot({ people: [person], usage: aTable([aRow()]) })]).toThrow(
    'One entry of a snapshot is larger than a part.',
  )
})

test('Deleting a generation leaves the others', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const snapshot = { people: [aPerson()], usage: aTable([aRow()]) }
  const { parts } = await snapshots.writeSnapshot('two', 'old', snapshot)
  await snapshots.writeSnapshot('two', 'new', snapshot)
  await snapshots.deleteSnapshot('two', 'old')
  await snapshots.deleteSnapshot('two', 'old')
  expect((await snapshots.readSnapshot('two', 'new', parts, WINDOW)).people).toEqual([aPerson()])
})

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
