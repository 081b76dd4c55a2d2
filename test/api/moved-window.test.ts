import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { operations } from '../../shared/contracts/operations.ts'
import type { Published } from '../../shared/integrations/integration.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'
import { used } from '../sync/sync-bench.ts'

const DAY_MS = 86_400_000

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  bench.organization(KEY).rows = [used('ana', '2026-11-24', 5)]
  id = await bench.connected()
})
afterAll(() => bench.close())

/** Of the data sets. The summary is of its days, so it is a new one. */
function generationsOf(published: Published | null) {
  return Object.values(published?.dataSets ?? {}).map((dataSet) => dataSet?.generation)
}

async function lastThreeDaysOfAna() {
  const { body } = await bench.request('GET', `/integrations/${id}/users?q=ana`)
  const { items, asOf } = operations.listUsers.answer.schema.parse(body)
  return { to: asOf?.to, requests: items[0]?.dailyRequests.slice(-3) }
}

test('After a sync without changes on a later day, answers use the days of its window', async () => {
  expect(await lastThreeDaysOfAna()).toEqual({ to: '2026-11-24', requests: [0, 0, 5] })
  const before = await bench.dependencies.integrations.getIntegration(id)
  bench.advance(DAY_MS)
  await bench.scheduledSync(id)
  const after = await bench.dependencies.integrations.getIntegration(id)
  expect(generationsOf(after.published)).toEqual(generationsOf(before.published))
  expect(await lastThreeDaysOfAna()).toEqual({ to: '2026-11-25', requests: [0, 5, 0] })
})
