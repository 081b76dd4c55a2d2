import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type PersonDay, personDayChanges } from '../../shared/data-sets/day-series/changes.ts'
import { directory } from '../../shared/data-sets/directory/directory.ts'
import { listChanges } from '../../shared/data-sets/list-changes.ts'
import { PersonDayTooLargeError } from '../../shared/storage/errors.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { aPerson, aRow, aTable, rowsIn } from '../builders.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

// A record is read and deleted day by day.
const WINDOW = { from: '2026-11-22', to: '2026-11-24' }

const people = [aPerson({ userId: '__proto__', name: '🦊' }), aPerson({ userId: 'ana' })]
const rows = [
  aRow({ model: 'gpt-5' }),
  aRow({ model: 'gpt-5-mini', requests: 7 }),
  aRow({ userId: '__proto__', day: WINDOW.from, model: 'constructor' }),
  aRow({ userId: 'NO_USER', requests: 3 }),
  aRow({ userId: null, requests: 4 }),
]

test('People and usage come back as they were written, a user called NO_USER apart from no user', async () => {
  const records = new RecordRepository(local.table)
  expect(await records.writeUsers('one', listChanges(directory, [], people))).toBe(2)
  expect(await records.writeDays('one', 'usage', personDayChanges(null, aTable(rows, WINDOW)))).toBe(4)
  const record = await records.readRecord('one', WINDOW)
  expect(record.people).toEqual(people)
  expect(new Set(rowsIn(record.series.usage))).toEqual(new Set(rows))
})

test('What changed is written and what vanished is deleted', async () => {
  const records = new RecordRepository(local.table)
  await records.writeUsers('two', listChanges(directory, [], people))
  await records.writeDays('two', 'usage', personDayChanges(null, aTable(rows, WINDOW)))
  const ana = aPerson({ userId: 'ana', role: 'owner' })
  const next = aTable([aRow({ model: 'gpt-5', requests: 2 })], WINDOW)
  expect(await records.writeUsers('two', listChanges(directory, people, [ana]))).toBe(2)
  expect(await records.writeDays('two', 'usage', personDayChanges(aTable(rows, WINDOW), next))).toBe(4)
  const record = await records.readRecord('two', WINDOW)
  expect(record.people).toEqual([ana])
  expect(rowsIn(record.series.usage)).toEqual([aRow({ model: 'gpt-5', requests: 2 })])
})

test('A record is deleted in its window, and nobody else’s with it', async () => {
  const records = new RecordRepository(local.table)
  for (const id of ['three', 'four']) {
    await records.writeUsers(id, listChanges(directory, [], people))
    await records.writeDays(id, 'usage', personDayChanges(null, aTable(rows, WINDOW)))
  }
  await records.deleteRecord('three', WINDOW)
  await records.deleteRecord('three', WINDOW)
  const gone = await records.readRecord('three', WINDOW)
  expect([gone.people, rowsIn(gone.series.usage)]).toEqual([[], []])
  expect(new Set(rowsIn((await records.readRecord('four', WINDOW)).series.usage))).toEqual(new Set(rows))
})

test('A checkpoint that throws stops the writing of people and of usage', async () => {
  const records = new RecordRepository(local.table)
  const checkpoint = () => {
    throw new Error('The lease ends.')
  }
  await expect(records.writeUsers('five', listChanges(directory, [], people), checkpoint)).rejects.toThrow(
    'The lease ends.',
  )
  const usage = personDayChanges(null, aTable(rows, WINDOW))
  await expect(records.writeDays('five', 'usage', usage, checkpoint)).rejects.toThrow('The lease ends.')
  const record = await records.readRecord('five', WINDOW)
  expect([record.people, rowsIn(record.series.usage)]).toEqual([[], []])
})

test('A day with more models than an item can hold is refused by name', async () => {
  const records = new RecordRepository(local.table)
  const { day, requests, inputTokens, cachedInputTokens, outputTokens } = aRow()
  const numbers = { requests, inputTokens, cachedInputTokens, outputTokens }
  const tooMany = Array.from({ length: 4_000 }, (_, index) => ({ model: `model-${index}`, ...numbers }))
  const put: PersonDay = { day, userId: 'ana', rows: tooMany }
  await expect(records.writeDays('six', 'usage', [{ put }])).rejects.toThrow(PersonDayTooLargeError)
})
