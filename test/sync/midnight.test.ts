import { expect, test } from '@jest/globals'
import { listed, startSyncBench } from './sync-bench.ts'

test('A sync that runs over midnight keeps the window of the day on which it began', async () => {
  const bench = await startSyncBench()
  bench.clock.now = new Date('2026-11-24T23:59:59.500Z')
  bench.organization.people = [listed('ana')]
  bench.organization.whileReading = async () => {
    bench.clock.now = new Date('2026-11-25T00:00:07.000Z')
  }
  expect(await bench.sync()).toBe('succeeded')
  expect((await bench.integration()).published?.dataSets.directory.window).toEqual({
    from: '2026-09-26',
    to: '2026-11-24',
  })
  await bench.close()
})
