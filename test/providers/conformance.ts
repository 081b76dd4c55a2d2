import { describe } from '@jest/globals'
import type { ProviderDriver } from './provider-driver.ts'
import { requestTests } from './request-tests.ts'
import { readingTests } from './reading-tests.ts'
import { simulationTests } from './simulation-tests.ts'

/** What every provider must do: the same tests for each, driven by what is the provider's own. */
export function conformance(driver: ProviderDriver): void {
  describe(`A request to ${driver.provider.name}`, () => requestTests(driver))
  describe(`A reading of ${driver.provider.name}`, () => readingTests(driver))
  describe(`A simulated organization at ${driver.provider.name}`, () => simulationTests(driver))
}
