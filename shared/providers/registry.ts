import { openai } from './openai/openai.ts'
import type { Provider } from './provider.ts'

/** Every provider, in the order in which people choose from them. This is the only list. */
export const PROVIDERS: readonly [Provider, ...Provider[]] = [openai]
