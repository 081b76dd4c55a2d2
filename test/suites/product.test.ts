import { suitesIn } from './suites-in.ts'

// `made-up-provider.test.ts` has a suite of its own.
suitesIn('product', ['made-up-provider.test.ts'])
