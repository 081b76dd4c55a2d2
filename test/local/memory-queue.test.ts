import { setImmediate } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { MemoryQueue } from '../../local/services/memory-queue.ts'
import type { Logger, LogFields } from '../../shared/ports/logger.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { ORG } from '../builders.ts'
import { WATCHDOG_MS } from '../watchdog.ts'

const message = (syncId: string): SyncMessage => ({ kind: 'sync', integrationId: ORG, syncId, trigger: 'manual' })

/** A queue starts messages without waiting, so this is done by the next turn of the event loop. */
const takenUp = () => setImmediate()

function recordingLogger() {
  const errors: { message: string; fields: LogFields | undefined }[] = []
  const logger: Logger = {
    info() {},
    warn() {},
    error: (text, _error, fields) => errors.push({ message: text, fields }),
  }
  return { logger, errors }
}

test('A message that keeps failing is delivered three times with its count, and then given up and logged with its ids', async () => {
  const { logger, errors } = recordingLogger()
  const counts: number[] = []
  const queue = new MemoryQueue(
    async (_, deliveryCount) => {
      counts.push(deliveryCount)
      throw new Error('a fault of ours')
    },
    logger,
    1,
  )
  await queue.send(message('S1'))
  await queue.idle(WATCHDOG_MS)
  expect(counts).toEqual([1, 2, 3])
  expect(errors.at(-1)).toEqual({
    message: 'A message was given up.',
    fields: { integrationId: ORG, syncId: 'S1', trigger: 'manual' },
  })
})

test('A message that succeeds the second time is not delivered again', async () => {
  const { logger, errors } = recordingLogger()
  const counts: number[] = []
  const queue = new MemoryQueue(
    async (_, deliveryCount) => {
      counts.push(deliveryCount)
      if (deliveryCount === 1) throw new Error('a fault of ours')
    },
    logger,
    1,
  )
  await queue.send(message('S1'))
  await queue.idle(WATCHDOG_MS)
  expect(counts).toEqual([1, 2])
  expect(errors).toHaveLength(1)
})

test('Two messages run concurrently, a third waits', async () => {
  const { promise: release, resolve: open } = Promise.withResolvers<void>()
  const running: string[] = []
  const queue = new MemoryQueue(async (handled) => {
    running.push(handled.kind === 'sync' ? handled.syncId : handled.kind)
    await release
  }, recordingLogger().logger)
  for (const syncId of ['S1', 'S2', 'S3']) await queue.send(message(syncId))
  await takenUp()
  expect(running).toEqual(['S1', 'S2'])
  open()
  await queue.idle(WATCHDOG_MS)
  expect(running).toEqual(['S1', 'S2', 'S3'])
})

test('A closed queue starts nothing more, and waits for running messages up to the given time', async () => {
  const running: string[] = []
  const queue = new MemoryQueue(async (handled) => {
    running.push(handled.kind === 'sync' ? handled.syncId : handled.kind)
    await new Promise<never>(() => {})
  }, recordingLogger().logger)
  for (const syncId of ['S1', 'S2', 'S3']) await queue.send(message(syncId))
  await takenUp()
  await queue.close(1)
  expect(running).toEqual(['S1', 'S2'])
})

test('Scheduled messages of one integration do not accumulate behind long runs', async () => {
  const { promise: release, resolve: open } = Promise.withResolvers<void>()
  const running: string[] = []
  const queue = new MemoryQueue(async (handled) => {
    running.push(handled.kind === 'sync' ? handled.syncId : handled.kind)
    await release
  }, recordingLogger().logger)
  for (const syncId of ['S1', 'S2']) await queue.send(message(syncId))
  await takenUp()
  for (const syncId of ['S3', 'S4', 'S5']) await queue.send({ ...message(syncId), trigger: 'schedule' })
  open()
  await queue.idle(WATCHDOG_MS)
  expect(running).toEqual(['S1', 'S2', 'S3'])
  await queue.send({ ...message('S6'), trigger: 'schedule' })
  await queue.idle(WATCHDOG_MS)
  expect(running).toEqual(['S1', 'S2', 'S3', 'S6'])
})
