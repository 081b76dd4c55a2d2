import { suitesIn } from './suites-in.ts'

// `made-up-series.test.ts` has a suite of its own.
suitesIn('product', ['made-up-series.test.ts'])
