import { suitesIn } from './suites-in.ts'

suitesIn('integrations')
