import { setImmediate as nextTurn } from 'node:timers/promises'
import type { WriteRequest } from '@aws-sdk/client-dynamodb'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import * as z from 'zod'
import { UnprocessedItemsError } from '../../shared/storage/errors.ts'
import type { Item, Table, Write } from '../../shared/storage/table-access.ts'
import { startLocalTable } from './local-table.ts'

const batchSchema = z.object({ RequestItems: z.record(z.string(), z.array(z.custom<WriteRequest>())) })

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeEach(async () => {
  local = await startLocalTable()
})
afterEach(async () => {
  jest.restoreAllMocks()
  await local.close()
})

test('A partition of more than 1 MB is read completely, in key order', async () => {
  const large = 'x'.repeat(45_000)
  await local.table.batchWrite(Array.from({ length: 25 }, (_, index) => put(index, { large })))
  const items = await all(local.table)
  expect(items.map((item) => item['sk'])).toEqual(Array.from({ length: 25 }, (_, index) => keyOf(index).sk))
})

test('Unprocessed items are sent again until they are written', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0)
  const sizes = leaveUnprocessed(local.table, (requests) => requests.slice(0, 10))
  expect(await local.table.batchWrite(Array.from({ length: 25 }, (_, index) => put(index)))).toBe(25)
  expect(sizes).toEqual([25, 15, 5])
  expect(await all(local.table)).toHaveLength(25)
})

test('Writes that are left after ten attempts cause an error', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(0)
  const sizes = leaveUnprocessed(local.table, (requests) => requests.slice(0, 1))
  const written = local.table.batchWrite(Array.from({ length: 25 }, (_, index) => put(index)))
  await expect(written).rejects.toMatchObject({ name: 'UnprocessedItemsError', count: 15 })
  await expect(written).rejects.toBeInstanceOf(UnprocessedItemsError)
  expect(sizes).toHaveLength(10)
})

test('A batch that fails while its source pauses fails the whole write, even if later ones succeed', async () => {
  const firstFailed = Promise.withResolvers<void>()
  let batches = 0
  local.table.client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName !== 'BatchWriteItemCommand') return next(args)
      batches += 1
      if (batches > 1) return next(args)
      firstFailed.resolve()
      return Promise.reject(new Error('This batch fails.'))
    },
    { step: 'serialize', name: 'failFirst' },
  )
  async function* slowly(): AsyncGenerator<Write> {
    for (let index = 0; index < 25; index += 1) yield put(index)
    await firstFailed.promise
    for (let turn = 0; turn < 20; turn += 1) await nextTurn()
    for (let index = 25; index < 50; index += 1) yield put(index)
  }
  await expect(local.table.batchWrite(slowly())).rejects.toThrow('This batch fails.')
})

test('Of two writes of one key in a batch the later counts', async () => {
  expect(await local.table.batchWrite([put(1, { n: 1 }), put(2), put(1, { n: 2 }), { delete: keyOf(2) }])).toBe(2)
  expect(await all(local.table)).toEqual([{ pk: 'P', sk: '001', n: 2 }])
})

test('A checkpoint that throws stops the writing after complete batches', async () => {
  let batches = 0
  const drawn: number[] = []
  function* source(): Generator<Write> {
    for (let index = 0; index < 1_000; index += 1) {
      drawn.push(index)
      yield put(index)
    }
  }
  const checkpoint = () => {
    batches += 1
    if (batches > 3) throw new Error('The lease ends.')
  }
  await expect(local.table.batchWrite(source(), checkpoint)).rejects.toThrow('The lease ends.')
  expect(await all(local.table)).toHaveLength(75)
  expect(drawn.length).toBeLessThanOrEqual(200)
})

test('A whole partition is deleted, and no other', async () => {
  await local.table.batchWrite(Array.from({ length: 60 }, (_, index) => put(index)))
  await local.table.batchWrite([{ put: { pk: 'Q', sk: '1' } }])
  await local.table.deletePartition('P')
  expect(await all(local.table)).toEqual([])
  expect(await all(local.table, 'Q')).toEqual([{ pk: 'Q', sk: '1' }])
})

function keyOf(index: number) {
  return { pk: 'P', sk: String(index).padStart(3, '0') }
}

function put(index: number, more: Item = {}): Write {
  return { put: { ...more, ...keyOf(index) } }
}

async function all(table: Table, pk = 'P'): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of table.queryAll(pk)) items.push(item)
  return items
}

/** Lets through only what `accept` picks of each batch; gives the sizes of the batches as they were sent. */
function leaveUnprocessed(table: Table, accept: (requests: WriteRequest[]) => WriteRequest[]): number[] {
  const sizes: number[] = []
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'BatchWriteItemCommand') return next(args)
      const requests = batchSchema.parse(args.input).RequestItems[table.tableName] ?? []
      const accepted = accept(requests)
      sizes.push(requests.length)
      Object.assign(args.input, { RequestItems: { [table.tableName]: accepted } })
      const result = await next(args)
      const left = requests.filter((request) => !accepted.includes(request))
      Object.assign(result.output, { UnprocessedItems: left.length === 0 ? {} : { [table.tableName]: left } })
      return result
    },
    { step: 'serialize', name: 'leaveUnprocessed', priority: 'high' },
  )
  return sizes
}
