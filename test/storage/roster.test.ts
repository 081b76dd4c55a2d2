import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RosterCache } from '../../functions/api/roster/roster-cache.ts'
import type { RosterEntry } from '../../shared/people/roster.ts'
import { RosterReplacedError, SnapshotMissingError } from '../../shared/storage/errors.ts'
import { RosterRepository } from '../../shared/storage/roster.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { type FaultyTable, startFaultyTable, type TableFault } from '../fakes/faulty-table.ts'
import { waitFor } from '../watchdog.ts'
import { startLocalTable } from './local-table.ts'
import { entriesOf, generationsIn, stored } from './stored-rosters.ts'

/** Enough for two parts. */
const TWO_PARTS = 2_001
const LATER = 'Z'

let local: Awaited<ReturnType<typeof startLocalTable>>
let roster: RosterRepository
beforeEach(async () => {
  local = await startLocalTable()
  roster = new RosterRepository(local.table)
})
afterEach(() => local.close())

test('A roster comes back as it was stored, in its order, until it is replaced or deleted', async () => {
  expect(await roster.findPointer()).toBeUndefined()
  const entries = [
    { email: 'Zoë@müller.example', name: '🦊', manager: null, department: '=1+1', endsOn: '2026-12-31' },
    ...entriesOf('A', TWO_PARTS),
  ]
  await roster.replaceRoster('A', entries)
  const pointer = await roster.findPointer()
  if (pointer === undefined) throw new Error('nothing is stored')
  expect(pointer).toEqual({ generation: 'A', parts: 2 })
  expect(await roster.readEntries(pointer)).toEqual(entries)
  await roster.replaceRoster('B', entriesOf('B'))
  await expect(roster.readEntries(pointer)).rejects.toThrow(SnapshotMissingError)
  expect([await stored(local.table), await generationsIn(local.table)]).toEqual([
    { departments: ['B'], entries: 1 },
    ['B', 'pointer'],
  ])
  await roster.deleteRoster()
  await roster.deleteRoster()
  expect([await roster.findPointer(), await generationsIn(local.table)]).toEqual([undefined, ['pointer']])
})

test('50,000 employees fit', async () => {
  await roster.replaceRoster('A', entriesOf('A', 50_000))
  expect(await stored(local.table)).toEqual({ departments: ['A'], entries: 50_000 })
})

test('A reader that still has the pointer of a replaced roster reads the new one', async () => {
  await roster.replaceRoster('A', entriesOf('A'))
  let isFirst = true
  const cache = new RosterCache({
    findPointer: async () => {
      const pointer = await roster.findPointer()
      if (isFirst) await roster.replaceRoster('B', entriesOf('B'))
      isFirst = false
      return pointer
    },
    readEntries: (pointer) => roster.readEntries(pointer),
  })
  expect([...((await cache.read()) ?? new Map<string, RosterEntry>()).values()]).toEqual(entriesOf('B'))
})

test('The parts are read once for each roster, also by readers at the same time', async () => {
  await roster.replaceRoster('A', entriesOf('A'))
  let reads = 0
  const cache = new RosterCache({
    findPointer: () => roster.findPointer(),
    readEntries: (pointer) => {
      reads += 1
      return roster.readEntries(pointer)
    },
  })
  const [one, other] = await Promise.all([cache.read(), cache.read()])
  expect([one === other, (await cache.read()) === one, reads]).toEqual([true, true, 1])
  await roster.deleteRoster()
  expect([await cache.read(), reads]).toEqual([null, 1])
})

describe('A process that is killed before any of its writes', () => {
  /** Runs an action that is killed before its nth write. Returns whether it came that far. */
  async function killedAt(write: number, act: (dying: RosterRepository) => Promise<void>): Promise<boolean> {
    let writes = 0
    const table = tableThrough(local.table, async ({ isWrite }, forward) => {
      if (isWrite) writes += 1
      if (writes >= write) throw new Error('killed')
      return forward()
    })
    await Promise.allSettled([act(new RosterRepository(table))])
    return writes >= write
  }

  test.each<[string, (dying: RosterRepository) => Promise<void>, number]>([
    ['of an upload leaves the old roster or the new one', (dying) => dying.replaceRoster('B', entriesOf('B', 2)), 4],
    ['of a deletion leaves the old roster or none', (dying) => dying.deleteRoster(), 2],
  ])('%s, and the hourly clean-up deletes the rest', async (_, act, expectedWrites) => {
    await roster.replaceRoster('A', entriesOf('A'))
    const [before] = [await stored(local.table)]
    let write = 1
    const seen = []
    for (; await killedAt(write, act); write += 1) {
      const left = await stored(local.table)
      seen.push(left.departments[0] ?? null)
      expect(left).toEqual(left.departments[0] === 'A' ? before : { ...left, entries: left.entries === 0 ? 0 : 2 })
      await roster.cleanUp(LATER)
      expect(await stored(local.table)).toEqual(left)
      expect(await generationsIn(local.table)).toEqual([...left.departments, 'pointer'])
      await roster.replaceRoster('A', entriesOf('A'))
    }
    expect(write - 1).toBe(expectedWrites)
    expect(seen).toContain('A')
    expect(new Set(seen).size).toBe(2)
  })
})

/** An upload of the roster B that stops after its parts were written, until it is resumed. */
async function pausedUpload(): Promise<{ resume: () => void; ended: Promise<void> }> {
  const [written, resumed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const table = tableThrough(local.table, async ({ name }, forward) => {
    const reply = await forward()
    if (name !== 'BatchWriteCommand') return reply
    written.resolve()
    await resumed.promise
    return reply
  })
  const ended = new RosterRepository(table).replaceRoster('B', entriesOf('B'))
  await waitFor('the parts to be written', written.promise)
  return { resume: resumed.resolve, ended }
}

test('The clean-up leaves an upload alone that may still be running, and ends one that is too old', async () => {
  const { resume, ended } = await pausedUpload()
  await roster.cleanUp('A')
  expect(await generationsIn(local.table)).toEqual(['B', 'pointer'])
  await roster.cleanUp('C')
  expect(await generationsIn(local.table)).toEqual(['pointer'])
  resume()
  await expect(ended).rejects.toThrow(RosterReplacedError)
  expect(await stored(local.table)).toEqual({ departments: [], entries: 0 })
})

test('A roster that is deleted during an upload stays deleted, and the upload says so', async () => {
  await roster.replaceRoster('A', entriesOf('A'))
  const { resume, ended } = await pausedUpload()
  await roster.deleteRoster()
  resume()
  await expect(ended).rejects.toThrow(RosterReplacedError)
  expect([await stored(local.table), await generationsIn(local.table)]).toEqual([
    { departments: [], entries: 0 },
    ['pointer'],
  ])
})

test.each([1, 2, 3])('The clean-up deletes no part of an upload that begins before its read %i', async (read) => {
  await roster.replaceRoster('A', entriesOf('A'))
  let reads = 0
  let upload: Awaited<ReturnType<typeof pausedUpload>> | undefined
  const table = tableThrough(local.table, async ({ isWrite }, forward) => {
    if (!isWrite) reads += 1
    if (reads === read) upload ??= await pausedUpload()
    return forward()
  })
  await new RosterRepository(table).cleanUp('A')
  upload ??= await pausedUpload()
  upload.resume()
  await upload.ended
  expect([await stored(local.table), reads]).toEqual([{ departments: ['B'], entries: 1 }, 2])
})

describe('With a table that misbehaves', () => {
  let faulty: FaultyTable
  beforeEach(async () => {
    faulty = await startFaultyTable()
  })
  afterEach(() => faulty.close())

  const faultOf = (operation: string, faults: TableFault[]) => (each: string) =>
    each === operation ? (faults.shift() ?? 'none') : 'none'

  test('an upload whose publication was carried out, but whose reply was lost, succeeds', async () => {
    faulty.state.decide = faultOf('UpdateItem', ['none', 'lose'])
    await new RosterRepository(faulty.table).replaceRoster('A', entriesOf('A'))
    expect(faulty.state.faults).toBe(1)
    expect(await stored(faulty.clean)).toEqual({ departments: ['A'], entries: 1 })
  })

  test('an upload of which only some parts could be written leaves the roster as it was', async () => {
    await new RosterRepository(faulty.clean).replaceRoster('A', entriesOf('A'))
    let batches = 0
    faulty.state.decide = (operation) => {
      if (operation !== 'BatchWriteItem') return 'none'
      batches += 1
      return batches === 1 ? 'halve' : 'break'
    }
    await expect(new RosterRepository(faulty.table).replaceRoster('B', entriesOf('B', TWO_PARTS))).rejects.toThrow()
    expect(await generationsIn(faulty.clean)).toEqual(['A', 'B', 'pointer'])
    expect(await stored(faulty.clean)).toEqual({ departments: ['A'], entries: 1 })
    await new RosterRepository(faulty.clean).cleanUp(LATER)
    expect(await generationsIn(faulty.clean)).toEqual(['A', 'pointer'])
  })
})
