import { amountOf } from '../../shared/domain/amount.ts'
import type { SimulatedKindRow } from './usage-kinds.ts'
import type { SimulatedRow } from './usage-rows.ts'

/** A part of what a day costs, before the query's grouping. */
export interface SimulatedCost {
  readonly userId: string | null
  readonly projectId: string | null
  readonly apiKeyId: string | null
  readonly lineItem: string | null
  /** In lower case. */
  readonly currency: string
  /** In ten-billionths of the currency's main unit. */
  readonly units: bigint
  /** No report attributes it: grouped results leave it out. */
  readonly isOnlyInTotal?: boolean
}

interface Prices {
  readonly input: number
  readonly cached: number
  readonly output: number
}

/** In ten-billionths of a dollar for a token, about as OpenAI's list prices of 2025. */
const PRICES: Readonly<Record<string, Prices>> = {
  'gpt-5': { input: 12_500, cached: 1_250, output: 100_000 },
  'gpt-5-mini': { input: 2_500, cached: 250, output: 20_000 },
  'gpt-4.1': { input: 20_000, cached: 5_000, output: 80_000 },
  'o4-mini': { input: 11_000, cached: 2_750, output: 44_000 },
}
const OTHER_PRICES: Prices = { input: 10_000, cached: 2_500, output: 30_000 }

/** The price of a request, and of what it counts, of kinds that cost enough to be seen. */
const KIND_PRICES: Readonly<Record<string, { readonly request: number; readonly quantity: number }>> = {
  embeddings: { request: 60_000, quantity: 0 },
  images: { request: 0, quantity: 400_000_000 },
  audio_speeches: { request: 0, quantity: 150_000 },
  audio_transcriptions: { request: 0, quantity: 1_000_000 },
  file_search_calls: { request: 25_000_000, quantity: 0 },
  web_search_calls: { request: 0, quantity: 100_000_000 },
  code_interpreter_sessions: { request: 0, quantity: 300_000_000 },
}

/** What usage of completions costs: a part for each kind of token. */
export function costsOf({ userId, projectId, apiKeyId, model, ...tokens }: SimulatedRow): SimulatedCost[] {
  const prices = PRICES[model] ?? OTHER_PRICES
  const fresh = tokens.inputTokens - tokens.cachedInputTokens
  const parts = [
    ['input', fresh * prices.input],
    ['cached input', tokens.cachedInputTokens * prices.cached],
    ['output', tokens.outputTokens * prices.output],
  ] as const
  return parts.flatMap(([part, units]) =>
    units === 0
      ? []
      : [{ userId, projectId, apiKeyId, lineItem: `${model}, ${part}`, currency: 'usd', units: BigInt(units) }],
  )
}

/** The same for usage of another kind. */
export function costsOfKind(kind: string, row: SimulatedKindRow): SimulatedCost[] {
  const price = KIND_PRICES[kind]
  const units = price === undefined ? 0 : row.requests * price.request + row.quantity * price.quantity
  const { userId, projectId, apiKeyId, model } = row
  const lineItem = model === null ? kind.replaceAll('_', ' ') : `${model}, ${kind.replaceAll('_', ' ')}`
  return units === 0 ? [] : [{ userId, projectId, apiKeyId, lineItem, currency: 'usd', units: BigInt(units) }]
}

/** How an amount is written: a number, a text, or a text with an exponent. */
export type AmountForm = 'number' | 'text' | 'exponent'

export function writtenAmount(units: bigint, form: AmountForm): number | string {
  if (form === 'exponent') return units === 0n ? '0E-6176' : `${units}E-10`
  return form === 'text' ? amountOf(units) : Number(amountOf(units))
}
