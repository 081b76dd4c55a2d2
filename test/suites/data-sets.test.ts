import { suitesIn } from './suites-in.ts'

suitesIn('data-sets')
