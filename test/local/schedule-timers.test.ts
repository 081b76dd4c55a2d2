import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { startScheduleTimers } from '../../local/services/schedule-timers.ts'

const errors: string[] = []
const logger = { info() {}, warn() {}, error: (message: string) => void errors.push(message) }
const HOUR_MS = 3_600_000

beforeEach(() => {
  errors.length = 0
  jest.useFakeTimers({ now: new Date('2026-11-24T10:00:00.000Z') })
})
afterEach(() => {
  jest.useRealTimers()
})

function start(expression: string, fire: (name: string) => Promise<unknown>): () => void {
  const schedules = [{ name: 'own', expression, timeZone: 'UTC', default: true }]
  return startScheduleTimers({ schedules, fire, logger, now: () => new Date() })
}

test('A schedule fires once at each of its runs, until it is stopped', async () => {
  const fired: string[] = []
  const stop = start('rate(6 hours)', async (name) => fired.push(`${name} ${new Date().toISOString()}`))
  await jest.advanceTimersByTimeAsync(15 * HOUR_MS)
  expect(fired).toEqual([
    'own 2026-11-24T12:00:00.000Z',
    'own 2026-11-24T18:00:00.000Z',
    'own 2026-11-25T00:00:00.000Z',
  ])
  stop()
  await jest.advanceTimersByTimeAsync(15 * HOUR_MS)
  expect(fired).toHaveLength(3)
})

test('A run beyond a timer’s longest delay still fires', async () => {
  const fired: string[] = []
  const stop = start('cron(0 6 1 1 ? *)', async () => fired.push(new Date().toISOString()))
  await jest.advanceTimersByTimeAsync(40 * 24 * HOUR_MS)
  expect(fired).toEqual(['2027-01-01T06:00:00.000Z'])
  stop()
})

test('A failing run is logged, and the next one fires', async () => {
  let runs = 0
  const stop = start('rate(1 second)', async () => {
    runs += 1
    throw new Error('a fault of ours')
  })
  await jest.advanceTimersByTimeAsync(2_500)
  expect(runs).toBe(2)
  expect(errors).toEqual(['A schedule could not be dispatched.', 'A schedule could not be dispatched.'])
  stop()
})

test('A timer that is a millisecond early fires its run only once', async () => {
  const fired: string[] = []
  const stop = start('rate(1 hour)', async () => fired.push(new Date().toISOString()))
  jest.setSystemTime(Date.now() - 1)
  await jest.advanceTimersByTimeAsync(HOUR_MS + 1_000)
  expect(fired).toEqual(['2026-11-24T10:59:59.999Z'])
  stop()
})
