import type { Holder } from '../simulation/people.ts'
import { chance, pick } from '../simulation/random.ts'
import { dayNumberOf } from '../simulation/utc.ts'
import { type Actor, FEDERATED, HIDDEN, userActor } from './actors.ts'
import { LEFT_LONG_AGO, type SimulatedKey } from './api-keys.ts'
import { userIdOf } from './member.ts'
import { type Habit, MODELS } from './usage-rows.ts'
import { DEFAULT_WORKSPACE } from './workspaces.ts'

/** What people use without a key, how many of a hundred, and which part of the input comes from the cache. */
const PRODUCTS = [
  { product: 'claude_code', share: 55, cached: 0.9, usesTools: false },
  { product: 'chat', share: 60, cached: 0.2, usesTools: true },
  { product: 'cowork', share: 12, cached: 0.7, usesTools: false },
  { product: 'office_agent', share: 8, cached: 0.5, usesTools: false },
] as const

/** A third of the people use nothing. */
const IDLE = 0.3

/** How a person uses the products that need no key. */
export function habitsOfPerson(seed: string, holder: Holder): Habit[] {
  if (chance(seed, holder.id, 'anthropic idle') < IDLE) return []
  return PRODUCTS.flatMap(({ product, share, cached, usesTools }) =>
    chance(seed, holder.id, product) * 100 < share
      ? [habitOf(seed, userActor(userIdOf(holder)), { product, cached, usesTools })]
      : [],
  )
}

/** How software uses the API: with keys, with identities of a cloud, and with some that cannot be shown. */
export function habitsOfSoftware(seed: string, keys: readonly SimulatedKey[]): Habit[] {
  const ofKeys = keys
    .filter(({ id }) => chance(seed, id, 'unused') >= 0.15)
    .map((key) => habitOf(seed, actorOf(key), { product: productOf(seed, key), cached: 0.4, key }))
  const others = [...FEDERATED, ...HIDDEN, userActor(LEFT_LONG_AGO), null]
  const withoutKey = others.map((actor) => habitOf(seed, actor, { product: 'messages_api', cached: 0.3 }))
  return [...ofKeys, ...withoutKey]
}

function actorOf({ id, principal }: SimulatedKey): Actor {
  return principal ?? { type: 'api_actor', api_key_id: id }
}

function productOf(seed: string, { id }: SimulatedKey): string {
  return chance(seed, id, 'batch') < 0.2 ? 'message_batches_api' : 'messages_api'
}

/** Keys that are no longer active were used for some months. */
function lastDayOf({ created_at: createdAt, expires_at: expiresAt, status }: SimulatedKey): number {
  if (status !== 'active') return dayNumberOf(Date.parse(createdAt)) + 150
  return expiresAt === null ? Infinity : dayNumberOf(Date.parse(expiresAt))
}

interface Use {
  readonly product: string
  readonly cached: number
  readonly usesTools?: boolean
  readonly key?: SimulatedKey
}

function habitOf(seed: string, actor: Actor | null, { product, cached, usesTools = false, key }: Use): Habit {
  const name = `${JSON.stringify(actor)} ${product} ${key?.id ?? ''}`
  const own = MODELS.filter((model) => chance(seed, name, model) < 0.5)
  return {
    actor,
    product,
    cached,
    usesTools,
    apiKeyId: key?.id ?? null,
    workspaceId: key?.scope.type === 'workspace' ? key.scope.workspace_id : DEFAULT_WORKSPACE,
    since: key === undefined ? -Infinity : dayNumberOf(Date.parse(key.created_at)),
    until: key === undefined ? Infinity : lastDayOf(key),
    models: own.length === 0 ? [pick(MODELS, seed, name)] : own,
    seed: Math.floor(chance(seed, name, 'habit') * 0x1_0000_0000),
    keenness: 0.25 + 0.75 * chance(seed, name, 'keen'),
  }
}
