import type { Actor } from '../../local/simulated-anthropic/actors.ts'
import type { AddedCost, AddedUsage } from '../../local/simulated-anthropic/added.ts'
import type { ModelOtherUsage, ModelUsage } from '../model/organization.ts'
import type { ModelCharge } from '../model/reported-costs.ts'
import { DRAWN_AT } from './drawn-at.ts'

/*
 * Whom and what Anthropic attributes random usage and costs to, besides what a test draws of them: it follows from the numbers, so it
 * stays the same while these do.
 */

const PRODUCTS = ['messages_api', 'chat', 'claude_code', 'message_batches_api'] as const

/** The actor with an id. */
function actorOf(id: string | null): Actor | null {
  if (id === null) return null
  if (id.startsWith('svac_')) return { type: 'service_account_actor', service_account_id: id }
  return id.startsWith('apikey_') ? { type: 'api_actor', api_key_id: id } : { type: 'user_actor', user_id: id }
}

/** Of some rows, a part of the requests apart: most often they are of another product. */
export function partsOf(row: ModelUsage): ModelUsage[] {
  const part = row.inputTokens % 3 === 0 ? Math.floor(row.requests / 2) : 0
  if (part === 0) return [row]
  const tokens = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }
  return [
    { ...row, requests: row.requests - part },
    { ...row, requests: part, ...tokens },
  ]
}

export function addedUsage({ userId, ...row }: ModelUsage): AddedUsage {
  const place = row.requests + row.inputTokens
  return {
    ...row,
    actor: actorOf(userId),
    product: chosen(PRODUCTS, place),
    apiKeyId: chosen(DRAWN_AT.anthropic.keys, place),
    workspaceId: chosen(DRAWN_AT.anthropic.projects, place),
  }
}

/** Executions of code have no product. */
export function addedExecutions({ day, userId, model, quantity }: ModelOtherUsage): AddedUsage {
  const nothing = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }
  return { day, actor: actorOf(userId), model, product: null, requests: quantity, ...nothing }
}

/** Some costs have neither a model nor a product. */
export function addedCost({ userId, projectId, lineItem, units, ...charge }: ModelCharge): AddedCost {
  return {
    ...charge,
    actor: actorOf(userId),
    workspaceId: projectId,
    model: lineItem,
    product: units % 2n === 0n ? 'chat' : null,
    currency: charge.currency.toUpperCase(),
    units,
  }
}

function chosen<Value>(values: readonly Value[], place: number): Value {
  const value = values[place % values.length]
  if (value === undefined) throw new RangeError('There is nothing to choose from.')
  return value
}
