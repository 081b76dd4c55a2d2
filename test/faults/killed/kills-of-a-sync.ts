import { type KillPlan, MOMENTS } from './kill-plan.ts'
import type { Stage } from './life.ts'
import type { Random } from '../../histories/seed.ts'

/** The requests of each data set, as regular expressions. One of OpenAI's kinds of usage stands for all others. */
export const REQUESTS_OF = {
  openai: [
    'users',
    'usage/completions',
    'usage/embeddings',
    'costs',
    'projects',
    'admin_api_keys',
    'invites',
    'audit_logs',
  ].map((path) => `/organization/${path}`),
  anthropic: [
    'users',
    'analytics/usage.*=actor',
    'analytics/cost',
    '(api_keys|workspaces|analytics/usage.*=api_key_id)',
    'invites',
  ].map((path) => `/organizations/${path}`),
} as const
const PLACES = ['first', 'middle', 'last'] as const

/** One more than the writes of each kind that a sync has, about. */
const WRITES = { saving: 6, publishing: 1, recording: 8, clearing: 4 } as const
/**
 * What is killed beside each place of a data set's requests, more of what has more writes: every other one in a lane, and the rest in
 * the next. Each takes seconds, and `killed-at-every-write` misses none.
 */
const WRITES_OF_TWO_LANES = ['saving', 'recording', 'publishing', 'saving', 'clearing', 'recording'] as const

/** A kill of a sync that is still to be drawn. */
export interface KillOfASync {
  readonly kind: (typeof WRITES_OF_TWO_LANES)[number] | 'reading'
  readonly draw: (requests: Requests, random: Random) => KillPlan
}

/** How often a sync has sent each kind of request. */
export type Requests = Readonly<Record<string, number>>

/** The kills of a lane: those while it reads one thing, and some while it writes. */
export function killsOfLane(request: string, lane: number): KillOfASync[] {
  const writing = WRITES_OF_TWO_LANES.map((kind, index): KillOfASync => ({
    kind,
    draw: (_, random) => ({
      kind,
      nth: 1 + Math.floor(random() * WRITES[kind]),
      moment: momentOf(lane + index),
    }),
  }))
  return [...killsWhileReading(request, lane), ...writing.filter((_, index) => index % 2 !== lane % 2)]
}

/** One at the first, one at the middle and one at the last request of a kind. */
export function killsWhileReading(request: string, lane: number): KillOfASync[] {
  return PLACES.map((place, index): KillOfASync => ({
    kind: 'reading',
    draw: ({ [request]: count = 1 }) => {
      const nth = { first: 1, middle: Math.ceil(count / 2), last: count }[place]
      return { kind: 'reading', request, nth, moment: momentOf(lane + index) }
    },
  }))
}

/** The requests that were recorded since they were last counted. */
export function countRequests({ provider, organization: { requests } }: Stage): Requests {
  const addresses = requests.map(({ path, query }) => `${path}?${query}`)
  const counted = Object.fromEntries(
    REQUESTS_OF[provider].map((request) => {
      return [request, addresses.filter((address) => new RegExp(request).test(address)).length]
    }),
  )
  requests.length = 0
  return counted
}

function momentOf(turn: number): KillPlan['moment'] {
  return MOMENTS[turn % MOMENTS.length] ?? 'before'
}
