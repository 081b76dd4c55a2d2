import { expect, test } from '@jest/globals'
import { countProviders } from '../../../tools/costs/count-providers.ts'
import { PROVIDERS } from '../../../shared/providers/registry.ts'

test('A sync of each provider’s simulated organization requests all data sets, and writes less on a later day', async () => {
  const counted = await countProviders({ members: 5, windowDays: 2 })
  expect(Object.keys(counted)).toEqual(PROVIDERS.map(({ id }) => id))
  for (const { requests, firstWriteUnits, newDayWriteUnits } of Object.values(counted)) {
    // The directory, usage, costs, keys and invitations.
    expect(requests).toBeGreaterThanOrEqual(5)
    expect(firstWriteUnits).toBeGreaterThan(newDayWriteUnits)
    expect(newDayWriteUnits).toBeGreaterThan(0)
  }
})
