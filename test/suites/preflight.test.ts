import { suitesIn } from './suites-in.ts'

suitesIn('preflight')
