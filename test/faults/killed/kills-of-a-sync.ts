import type { SimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { type KillPlan, MOMENTS } from './kill-plan.ts'
import type { Random } from '../../histories/seed.ts'

/** Where each data set is read, below `/organization/`. One kind of usage stands for all others. */
export const READ_PATHS = [
  'users',
  'usage/completions',
  'usage/embeddings',
  'costs',
  'projects',
  'admin_api_keys',
  'invites',
  'audit_logs',
] as const
const PLACES = ['first', 'middle', 'last'] as const

/** One more than the writes of each kind that a sync has, about. */
const WRITES = { saving: 6, publishing: 1, recording: 8, clearing: 4 } as const
/** What a lane kills, beside each place of a data set's requests: more of what has more writes. */
const WRITES_A_LANE = ['saving', 'recording', 'publishing', 'saving', 'clearing', 'recording'] as const

/** A kill of a sync that is still to be drawn. */
export interface KillOfASync {
  readonly kind: (typeof WRITES_A_LANE)[number] | 'reading'
  readonly draw: (requests: Requests, random: Random) => KillPlan
}

/** How often a sync has asked for each path. */
export type Requests = Readonly<Record<string, number>>

/** The kills of a lane: lanes as many as paths have every place of every path among their kills. */
export function killsOfLane(lane: number): KillOfASync[] {
  const path = READ_PATHS[lane % READ_PATHS.length] ?? 'users'
  const reading = PLACES.map((place, index): KillOfASync => ({
    kind: 'reading',
    draw: ({ [path]: count = 1 }) => {
      const nth = { first: 1, middle: Math.ceil(count / 2), last: count }[place]
      return { kind: 'reading', path, nth, moment: momentOf(lane + index) }
    },
  }))
  const writing = WRITES_A_LANE.map((kind, index): KillOfASync => ({
    kind,
    draw: (_, random) => ({
      kind,
      nth: 1 + Math.floor(random() * WRITES[kind]),
      moment: momentOf(lane + index),
    }),
  }))
  return [...reading, ...writing]
}

/** The requests that were recorded since they were last counted. */
export function countRequests({ requests }: SimulatedOrganization): Requests {
  const counted = Object.fromEntries(
    READ_PATHS.map((path) => [path, requests.filter((request) => request.includes(`/organization/${path}`)).length]),
  )
  requests.length = 0
  return counted
}

function momentOf(turn: number): KillPlan['moment'] {
  return MOMENTS[turn % MOMENTS.length] ?? 'before'
}
