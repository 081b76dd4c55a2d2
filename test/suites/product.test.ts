import { suitesIn } from './suites-in.ts'

// These change a registry, so each has a suite of its own.
suitesIn('product', ['made-up-provider.test.ts', 'made-up-series.test.ts'])
