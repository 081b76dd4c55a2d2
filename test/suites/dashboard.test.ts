import { suitesIn } from './suites-in.ts'

suitesIn('dashboard', ['pages.test.ts'])
