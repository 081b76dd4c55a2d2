import { anthropic } from './anthropic/anthropic.ts'
import { openai } from './openai/openai.ts'
import type { Provider } from './provider.ts'

/** All providers, in the order in which forms offer them. This is the only list. */
export const PROVIDERS: readonly [Provider, ...Provider[]] = [openai, anthropic]
