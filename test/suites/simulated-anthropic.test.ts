import { suitesIn } from './suites-in.ts'

suitesIn('simulated-anthropic')
