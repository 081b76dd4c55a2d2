import { suitesIn } from './suites-in.ts'

// These replace a registry, so each has its own suite.
suitesIn('product', [
  'made-up-provider.test.ts',
  'made-up-series.test.ts',
  'made-up-data-set.test.ts',
  'made-up-list.test.ts',
  'reported-organization.test.ts',
])
