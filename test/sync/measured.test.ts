import { expect, test } from '@jest/globals'
import { measured } from '../../functions/sync/measured.ts'
import type { RecordMetric } from '../../shared/aws/metrics.ts'

async function recorded(work: () => Promise<string>): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  const record: RecordMetric = (name, value) => {
    figures[name] = value
  }
  await measured(record, work).catch(() => undefined)
  return figures
}

test('An ended sync records both the succeeded and the failed metric', async () => {
  expect(await recorded(() => Promise.resolve('succeeded'))).toMatchObject({ syncsSucceeded: 1, syncsFailed: 0 })
  expect(await recorded(() => Promise.resolve('failed'))).toMatchObject({ syncsSucceeded: 0, syncsFailed: 1 })
})

test('An error counts as failed and is rethrown', async () => {
  const work = () => Promise.reject(new Error('a fault of ours'))
  expect(await recorded(work)).toMatchObject({ syncsSucceeded: 0, syncsFailed: 1 })
  await expect(measured(() => undefined, work)).rejects.toThrow('a fault of ours')
})

test('Dropped messages and purges are not counted', async () => {
  expect(await recorded(() => Promise.resolve('superseded'))).toEqual({})
  expect(await recorded(() => Promise.resolve('purged'))).toEqual({})
})
