import type { ModelFinding } from '../model/model.ts'
import type { Served } from './organization-bench.ts'

/** The keys that an integration of a history has in turn. */
export const KEYS = ['admin', 'nextAdmin', 'otherOrganization'] as const
export type KeyName = (typeof KEYS)[number]

/**
 * An organization at a provider whose changes are drawn, together with the other one that the key `otherOrganization` belongs to, and
 * how the model reads them.
 */
export interface DrawnOrganization {
  readonly served: Served
  readonly userIds: readonly string[]
  /** True when the provider says which organization a key belongs to, so a key of another one is refused. */
  readonly identifiesKeys: boolean
  /** A random event. Returns its description. */
  change(nowMs: number): string
  /** What else can change before a sync, such as costs and refusals. All is shown from now on. Returns its description. */
  prepare(nowMs: number): string
  /** Refuses what was drawn, besides any trouble. */
  refuse(): void
  /** Why data sets cannot be read with any key, by their ids. */
  readonly problems: Readonly<Record<string, string>>
  /** What a sync finds with a key, without any trouble. */
  find(key: KeyName, now: Date): Promise<ModelFinding>
}
