import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { KeyPace } from '../../shared/storage/key-pace.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { aPerson } from '../builders.ts'
import { type Interceptor, tableThrough } from '../fakes/faulty-client.ts'
import { startLocalTable } from './local-table.ts'
import { directory } from '../../shared/data-sets/directory/directory.ts'

const ORG = 'ORG'
const KB = 1_024
/** Two in each of the eight partitions of a snapshot, and a third in four of them. */
const PARTS = 20

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

/** A pace that does not pause, and notes each write that it was asked about. */
class NotedPace extends KeyPace {
  readonly asked: { pk: string; units: number }[] = []

  override async wait(pk: string, units: number): Promise<void> {
    this.asked.push({ pk, units })
  }

  /** The units asked for each key. */
  byKey(): Record<string, number[]> {
    const grouped = Object.groupBy(this.asked, ({ pk }) => pk)
    return Object.fromEntries(Object.entries(grouped).map(([pk, asked = []]) => [pk, asked.map(({ units }) => units)]))
  }
}

/** The local table with a noted pace, and with commands that may be answered otherwise. */
function paced(intercept: Interceptor = (_, forward) => forward()) {
  const pace = new NotedPace()
  const { client, tableName } = local.table
  return { pace, table: tableThrough(new Table({ client, tableName, newPace: () => pace }), intercept) }
}

test('Writes under one key are spaced by their units, at 900 a second, and other keys do not wait for them', async () => {
  const pauses: number[] = []
  let nowMs = 5_000
  const pace = new KeyPace({ pause: async (ms) => pauses.push(Math.round(ms)), nowMs: () => nowMs })
  await pace.wait('one', 350)
  await pace.wait('one', 350)
  await pace.wait('one', 25)
  await pace.wait('two', 25)
  expect(pauses).toEqual([389, 778])
  nowMs += 2_000
  await pace.wait('one', 350)
  expect(pauses).toHaveLength(2)
})

describe('The parts of a snapshot', () => {
  const people = Array.from({ length: PARTS }, (_, index) =>
    // Does not compress, so that each person fills a part.
    aPerson({ userId: `user-${index}`, name: randomBytes(260 * KB).toString('base64') }),
  )

  test('are spread over eight partition keys, and each write is paced by the size of its part', async () => {
    const { table, pace } = paced()
    const parts = await new SnapshotRepository(table).writeItems(ORG, 'directory.1', people)
    expect(parts).toBe(PARTS)
    const byKey = pace.byKey()
    expect(Object.values(byKey).map(({ length }) => length)).toEqual([3, 3, 3, 3, 2, 2, 2, 2])
    for (const units of Object.values(byKey).flat()) {
      expect(units).toBeGreaterThan(260)
      expect(units).toBeLessThan(351)
    }
  })

  test('are deleted at the pace of the largest ones, also when their sizes are not known', async () => {
    const { table, pace } = paced()
    const snapshots = new SnapshotRepository(table)
    const parts = await snapshots.writeItems(ORG, 'directory.2', people)
    const written = new Set(pace.asked.splice(0).map(({ pk }) => pk))
    await snapshots.deleteSnapshot(ORG, 'directory.2')
    expect(pace.asked).toHaveLength(PARTS)
    expect(new Set(pace.asked.map(({ pk }) => pk))).toEqual(written)
    expect(pace.asked.every(({ units }) => units === 351)).toBe(true)
    await expect(snapshots.readItems(ORG, directory, { generation: 'directory.2', parts })).rejects.toThrow(
      'is incomplete',
    )
  })
})

describe('A batch write', () => {
  const put = (index: number, size = 100) => ({
    put: aPerson({ userId: `user-${String(index).padStart(4, '0')}`, name: 'x'.repeat(size) }),
  })
  const puts = (count: number) => Array.from({ length: count }, (_, index) => put(index))

  test('waits for nothing while DynamoDB processes everything', async () => {
    const { table, pace } = paced()
    await new RecordRepository(table).writeUsers(ORG, puts(500))
    expect(pace.asked).toEqual([])
  })

  test.each([
    ['leaves items unprocessed', leavingLast],
    ['refuses a whole batch, so that the SDK sends it again', sentTwice],
  ])('paces a key once DynamoDB %s, by the units of its items', async (_, throttle) => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const { table, pace } = paced(throttle(1))
    // A fifth batch is sent after one of the first four was answered.
    await new RecordRepository(table).writeUsers(ORG, [
      ...puts(475),
      ...Array.from({ length: 25 }, (_, i) => put(475 + i, 2 * KB)),
    ])
    jest.restoreAllMocks()
    const units = pace.byKey()[`USERS#${ORG}`] ?? []
    expect(Object.keys(pace.byKey())).toEqual([`USERS#${ORG}`])
    expect(units.length).toBeGreaterThanOrEqual(16)
    expect(units).toContain(25)
    expect(units.at(-1)).toBe(3 * 25)
  })

  test('does not pace the keys of other days', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const { table, pace } = paced(leavingLast(1))
    const day = (name: string) =>
      Array.from({ length: 200 }, (_, index) => ({ put: { day: name, userId: `user-${index}`, rows: [] } }))
    await new RecordRepository(table).writeDays(ORG, 'usage', [...day('2026-11-23'), ...day('2026-11-24')])
    jest.restoreAllMocks()
    expect(Object.keys(pace.byKey())).toEqual([`USAGE#${ORG}#2026-11-23`])
  })
})

/** Of the nth batch, DynamoDB leaves the last ten items unprocessed. */
function leavingLast(nth: number): Interceptor {
  let batches = 0
  return async ({ name, input }, forward) => {
    if (name !== 'BatchWriteCommand' || (batches += 1) !== nth) return forward()
    const reply = await forward()
    const [[tableName, requests] = ['', []]] = Object.entries(
      Object(input['RequestItems']) as Record<string, unknown[]>,
    )
    return { ...Object(reply), UnprocessedItems: { [tableName]: requests.slice(-10) } }
  }
}

/** The nth batch is processed in the SDK's second attempt. */
function sentTwice(nth: number): Interceptor {
  let batches = 0
  return async ({ name }, forward) => {
    const reply = await forward()
    return name === 'BatchWriteCommand' && (batches += 1) === nth
      ? { ...Object(reply), $metadata: { attempts: 2 } }
      : reply
  }
}
