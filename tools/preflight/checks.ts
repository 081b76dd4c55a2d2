import { bootstrap, cloudFront, cognitoDomain, concurrency, region, stack } from './account-checks.ts'
import type { Check } from './check.ts'
import { issuer } from './issuer-check.ts'

/** All checks, in the order of their output lines. */
export const CHECKS: readonly Check[] = [region, bootstrap, stack, concurrency, cloudFront, cognitoDomain, issuer]
