import { describe } from '@jest/globals'
import type { ProviderDriver } from './provider-driver.ts'
import { requestTests } from './request-tests.ts'
import { readingTests } from './reading-tests.ts'
import { simulationTests } from './simulation-tests.ts'

/** The tests that every provider must pass. A driver supplies what is specific to the provider. */
export function conformance(driver: ProviderDriver): void {
  describe(`A request to ${driver.provider.name}`, () => requestTests(driver))
  describe(`A reading of ${driver.provider.name}`, () => readingTests(driver))
  describe(`A simulated organization at ${driver.provider.name}`, () => simulationTests(driver))
}
