import { awaitedSuitesIn } from './suites-in.ts'

await awaitedSuitesIn('infra')
