import type { Check } from './check.ts'
import { bootstrap } from './checks/bootstrap.ts'
import { cloudFront } from './checks/cloudfront.ts'
import { cognitoDomain } from './checks/cognito-domain.ts'
import { concurrency } from './checks/concurrency.ts'
import { issuer } from './checks/issuer.ts'
import { region } from './checks/region.ts'
import { stack } from './checks/stack.ts'

/** All checks, in the order of their output lines. */
export const CHECKS: readonly Check[] = [region, bootstrap, stack, concurrency, cloudFront, cognitoDomain, issuer]
