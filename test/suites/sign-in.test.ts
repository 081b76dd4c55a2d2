import { suitesIn } from './suites-in.ts'

suitesIn('sign-in')
