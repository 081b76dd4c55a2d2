import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import { type FaultyTable, startFaultyTable } from '../fakes/faulty-table.ts'

const ATTEMPTS = 6
const SYNC = queuedSync('01K0000000000000000000SYN0', 'manual', new Date('2026-11-24T10:00:00.000Z'))

let faulty: FaultyTable
beforeEach(async () => {
  faulty = await startFaultyTable()
})
afterEach(() => faulty.close())

test.each([
  ['is throttled', 'throttle'],
  ['meets a fault of DynamoDB’s', 'break'],
  ['is carried out, and its reply lost', 'lose'],
] as const)('A request that %s is sent again, six times in all', async (_, fault) => {
  const syncs = new SyncRepository(faulty.table)
  let faults = ATTEMPTS - 1
  faulty.state.decide = () => ((faults -= 1) >= 0 ? fault : 'none')
  await syncs.putSync('one', SYNC)
  expect(faulty.state.requests).toBe(ATTEMPTS)
  expect(await new SyncRepository(faulty.clean).findSync('one', SYNC.id)).toEqual(SYNC)

  faulty.state.decide = () => fault
  await expect(syncs.findSync('one', SYNC.id)).rejects.toThrow()
  expect(faulty.state.requests).toBe(2 * ATTEMPTS)
})
