import { userActor } from './actors.ts'
import { plainPart, type SimulatedCost } from './cost-rows.ts'
import type { SimulatedMember } from './member.ts'
import type { Attribution, SimulatedRow } from './usage-rows.ts'
import { DEFAULT_WORKSPACE } from './workspaces.ts'

/** A person to add to the directory. Additional fields are returned unchanged. */
export interface AddedPerson {
  readonly id: string
  readonly [field: string]: unknown
}

/** By default something is of nobody, with the Messages API, in the default workspace and without a key. */
interface AddedAttribution extends Partial<Attribution> {
  /** A UTC day, such as `2026-11-24`. */
  readonly day: string
  /** A user as the actor. */
  readonly userId?: string | null
}

/** Additional usage. */
export interface AddedUsage extends AddedAttribution {
  readonly requests: number
  /** All input: uncached, read from the cache, and written to it. */
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
}

/** An additional cost. */
export interface AddedCost extends AddedAttribution {
  /** In ten-billionths of the currency's main unit. */
  readonly units: bigint
  /** Default: USD. */
  readonly currency?: string
  /** Default: no. */
  readonly isOnlyInTotal?: boolean
}

/** A person with what is not given. */
export function addedMember(person: AddedPerson): SimulatedMember {
  return {
    email: null,
    name: 'Added Person',
    role: 'user',
    added_at: '2026-01-01T00:00:00Z',
    ...person,
    type: 'user',
  }
}

/** A third of the uncached input is written to the cache. */
export function addedRow(usage: AddedUsage): SimulatedRow {
  const { requests, inputTokens, cachedInputTokens, outputTokens } = usage
  const created = Math.floor((inputTokens - cachedInputTokens) / 3)
  const cacheCreation1hInputTokens = Math.floor(created / 3)
  return {
    ...attributionOf(usage),
    requests,
    uncachedInputTokens: inputTokens - cachedInputTokens - created,
    cacheReadInputTokens: cachedInputTokens,
    cacheCreation5mInputTokens: created - cacheCreation1hInputTokens,
    cacheCreation1hInputTokens,
    outputTokens,
    webSearches: 0,
  }
}

export function addedCost(cost: AddedCost): SimulatedCost {
  const { units, currency = 'USD', isOnlyInTotal = false } = cost
  return { ...attributionOf(cost), currency, requests: 0, parts: [plainPart(units)], isOnlyInTotal }
}

function attributionOf({ userId, actor, model, product, apiKeyId, workspaceId }: AddedAttribution): Attribution {
  const user = userId === undefined || userId === null ? null : userActor(userId)
  return {
    actor: actor === undefined ? user : actor,
    model: model ?? null,
    product: product === undefined ? 'messages_api' : product,
    apiKeyId: apiKeyId ?? null,
    workspaceId: workspaceId === undefined ? DEFAULT_WORKSPACE : workspaceId,
  }
}
