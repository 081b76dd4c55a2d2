import { suitesIn } from './suites-in.ts'

suitesIn('smoke')
