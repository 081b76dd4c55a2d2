import { suitesIn } from './suites-in.ts'

// Quick folders with the same imports, which are loaded once for all of them.
suitesIn('data-sets')
suitesIn('findings')
suitesIn('reviews')
suitesIn('integrations')
suitesIn('model')
suitesIn('contracts')
suitesIn('dispatch')
suitesIn('aws')
suitesIn('storage')
suitesIn('sync')
suitesIn('histories')
