import { amountOf } from '../../shared/domain/amount.ts'
import type { Attribution, SimulatedRow } from './usage-rows.ts'

/** A component of a cost. Units are ten-billionths of the currency's main unit. */
export interface CostPart {
  readonly costType: 'tokens' | 'web_search' | 'code_execution'
  readonly tokenType: string | null
  /** After the discount. */
  readonly units: bigint
  readonly listUnits: bigint
}

/** A part of what a day costs, before the query's grouping. */
export interface SimulatedCost extends Attribution {
  readonly currency: string
  readonly requests: number
  readonly parts: readonly CostPart[]
  /** No report attributes it: grouped rows leave it out. */
  readonly isOnlyInTotal?: boolean
}

/** How an amount is written: a decimal text, one with more decimals than are counted, one with an exponent, or a number. */
export type AmountForm = 'decimal' | 'long' | 'exponent' | 'number'

/** Of a hundred. */
const DISCOUNT = 15n

/** Input and output in ten-billionths of a dollar for a token, about as Anthropic's list prices. */
const PRICES: ReadonlyMap<string | null, { readonly input: number; readonly output: number }> = new Map([
  ['claude-opus-5-5', { input: 50_000, output: 250_000 }],
  ['claude-sonnet-5-5', { input: 30_000, output: 150_000 }],
  ['claude-haiku-5-5', { input: 10_000, output: 50_000 }],
])
const OTHER_PRICES = { input: 20_000, output: 100_000 }
const WEB_SEARCH = 100_000_000
const CODE_EXECUTION = 4_000_000

/** What usage costs: a part for each kind of token and tool. */
export function costOf(row: SimulatedRow): SimulatedCost {
  const { input, output } = PRICES.get(row.model) ?? OTHER_PRICES
  const isExecution = row.product === null
  const parts = [
    tokens('uncached_input_tokens', row.uncachedInputTokens * input),
    tokens('cache_read_input_tokens', row.cacheReadInputTokens * (input / 10)),
    tokens('cache_creation.ephemeral_5m_input_tokens', row.cacheCreation5mInputTokens * ((input / 4) * 5)),
    tokens('cache_creation.ephemeral_1h_input_tokens', row.cacheCreation1hInputTokens * (input * 2)),
    tokens('output_tokens', row.outputTokens * output),
    part('web_search', null, row.webSearches * WEB_SEARCH),
    part('code_execution', null, isExecution ? row.requests * CODE_EXECUTION : 0),
  ]
  const { actor, model, product, apiKeyId, workspaceId, requests } = row
  const attribution = { actor, model, product, apiKeyId, workspaceId }
  return { ...attribution, currency: 'USD', requests, parts: parts.filter(({ listUnits }) => listUnits !== 0n) }
}

/** An amount that is the same with and without discount. */
export function plainPart(units: bigint): CostPart {
  return { costType: 'tokens', tokenType: 'output_tokens', units, listUnits: units }
}

/** Units as Anthropic writes them: a text in fractional cents. */
export function writtenAmount(units: bigint, form: AmountForm): string | number {
  const cents = amountOf(units * 100n)
  if (form === 'exponent') return units === 0n ? '0E-8' : `${units}E-8`
  if (form === 'number') return Number(cents)
  if (form === 'decimal') return cents
  // Too little to round up.
  const [whole = '0', decimals = ''] = cents.split('.')
  return `${whole}.${decimals.padEnd(8, '0')}0049`
}

function tokens(tokenType: string, listUnits: number): CostPart {
  return part('tokens', tokenType, listUnits)
}

function part(costType: CostPart['costType'], tokenType: string | null, list: number): CostPart {
  const listUnits = BigInt(list)
  return { costType, tokenType, listUnits, units: (listUnits * (100n - DISCOUNT)) / 100n }
}
