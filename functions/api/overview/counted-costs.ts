import { costs } from '../../../shared/data-sets/costs/costs.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { OrganizationData } from '../data/snapshot-cache.ts'

type ReadOrganization = Extract<OrganizationData, { readonly loaded: object }>

/** An organization with costs, and those of its days that count in an answer. */
export type CountedCosts = ReadOrganization & {
  readonly range: Window
  /** True if its summary has the sums of these days by owner. */
  readonly isInSummary: boolean
}

interface AskedDays {
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

/** Default: the window in which users’ costs are counted. Undefined for an organization without costs on any of the days. */
export function countedCosts(data: OrganizationData, asked: AskedDays): CountedCosts | undefined {
  if (data.loaded === null) return undefined
  const known = data.published.dataSets[costs.id]?.window
  if (known === undefined) return undefined
  const { window } = data.loaded.costs
  const to = earlier(asked.to ?? known.to, known.to)
  const from = later(asked.from ?? (window.from <= to ? window.from : known.from), known.from)
  if (from > to) return undefined
  const range = { from, to }
  return { ...data, range, isInSummary: areSame(range, window) || areSame(range, known) }
}

/** From the first to the last day that the costs of any organization cover. Undefined while none were read. */
export function coveredDays(organizations: readonly OrganizationData[]): Window | undefined {
  const windows = organizations.flatMap(({ published }) => published?.dataSets[costs.id]?.window ?? [])
  const [first] = windows
  if (first === undefined) return undefined
  return windows.reduce(({ from, to }, other) => ({ from: earlier(from, other.from), to: later(to, other.to) }), first)
}

function areSame(one: Window, other: Window): boolean {
  return one.from === other.from && one.to === other.to
}

function earlier(one: Day, other: Day): Day {
  return one < other ? one : other
}

function later(one: Day, other: Day): Day {
  return one > other ? one : other
}
