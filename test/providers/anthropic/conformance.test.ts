import { conformance } from '../conformance.ts'
import { anthropicDriver } from './anthropic-driver.ts'

conformance(anthropicDriver)
