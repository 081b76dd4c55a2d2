import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { BatchedReads } from '../../shared/storage/batched-reads.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { startLocalTable } from '../storage/local-table.ts'

const KEYS = Array.from({ length: 20 }, (_, place) => ({ pk: 'P', sk: String(place) }))

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
  await local.table.batchWrite(KEYS.map((key) => ({ put: { ...key, text: `item ${key.sk}` } })))
})
afterAll(() => local.close())

/** The table, and how many requests were sent to it. */
function counted() {
  const client = Object.create(local.table.client)
  const sent = { requests: 0 }
  client.send = (command: Parameters<typeof local.table.client.send>[0]) => {
    sent.requests += 1
    return local.table.client.send(command)
  }
  return { sent, reads: new BatchedReads(new Table({ client, tableName: local.table.tableName })) }
}

test('Items that are wanted at once are requested 16 at a time, and each caller gets its own', async () => {
  const { reads, sent } = counted()
  const found = await Promise.all(KEYS.map((key) => reads.find(key)))
  expect(found.map((item) => item?.['text'])).toEqual(KEYS.map(({ sk }) => `item ${sk}`))
  expect(sent.requests).toBe(2)
})

test('The same item is requested once, and one that does not exist is undefined', async () => {
  const { reads, sent } = counted()
  const [first = { pk: '', sk: '' }] = KEYS
  const found = await Promise.all([first, { ...first }, { pk: 'P', sk: 'none' }].map((key) => reads.find(key)))
  expect(found.map((item) => item?.['text'])).toEqual(['item 0', 'item 0', undefined])
  expect(sent.requests).toBe(1)
})

test('A failed request rejects every item of it, and later ones are requested again', async () => {
  const client = Object.create(local.table.client)
  client.send = () => Promise.reject(new Error('no answer'))
  const failing = new BatchedReads(new Table({ client, tableName: local.table.tableName }))
  const settled = await Promise.allSettled(KEYS.map((key) => failing.find(key)))
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true)
  client.send = local.table.client.send.bind(local.table.client)
  expect((await failing.find({ pk: 'P', sk: '0' }))?.['text']).toBe('item 0')
})
