import { conformance } from '../conformance.ts'
import { openAiDriver } from './openai-driver.ts'

conformance(openAiDriver)
