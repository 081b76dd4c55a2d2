import type { CommonSwitches } from '../../local/simulation/switches.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import type { ProviderProblemCode } from '../../shared/domain/problem.ts'
import type { HttpClientOptions } from '../../shared/providers/http/http-client.ts'
import type { Organization, Provider } from '../../shared/providers/provider.ts'
import type { Scripted } from './scripted-server.ts'

/** The provider-specific part of the conformance suite: its replies, and its simulated organization. */
export interface ProviderDriver {
  readonly provider: Provider
  /** An Admin key with the provider's prefix. Its secret part is `verysecret`. */
  readonly adminKey: string
  readonly otherKey: string
  /** Opens an organization with the suite's limits. */
  open(options: HttpClientOptions): Organization
  /** The header with the key, and its value. */
  keyHeader(key: string): readonly [name: string, value: string]
  readonly replies: ScriptedReplies
  /** The provider's refusals of a key, and their meaning. */
  readonly keyProblems: readonly KeyProblem[]
  startSimulated(now: () => Date): Promise<SimulatedProvider>
}

export interface ScriptedReplies {
  /** The complete directory, or a page whose last id is the cursor of the next page. */
  readonly directory: (ids: readonly string[], hasMore?: boolean) => Scripted
  /** A complete directory in a wrong form. */
  readonly malformedDirectory: Scripted
  /** The cursor of a request for a directory page. Undefined for the first. */
  readonly directoryCursor: (url: URL) => string | undefined
}

export interface KeyProblem {
  readonly title: string
  readonly scripted: Scripted
  readonly code: ProviderProblemCode
  /** Default: the Admin key. */
  readonly key?: string
}

/** Faults of a simulated provider that lose no data: retrying or reading on is enough. */
export const TROUBLES: readonly (readonly [title: string, switches: Partial<CommonSwitches>])[] = [
  ['every third request too fast', { rateLimit: { everyNth: 3, retryAfterSeconds: 2 } }],
  ['every third request fails', { serverErrorEveryNth: 3 }],
  ['every third connection is reset', { resetEveryNth: 3 }],
  ['every third reply is cut off', { truncateEveryNth: 3 }],
  ['every third reply is HTML', { htmlEveryNth: 3 }],
  ['small pages', { pageSizeAtMost: 2 }],
  ['empty pages between', { emptyPagesWithToken: true }],
  ['people twice', { duplicateIds: true, pageSizeAtMost: 3 }],
  ['unknown fields', { unknownFields: true }],
]

export interface SimulatedProvider {
  readonly baseUrl: string
  /** Reads everything. */
  readonly adminKey: string
  /** Keys that cannot read everything, with the expected result of each data set. Null: it is readable. */
  readonly faultyKeys: readonly {
    readonly title: string
    readonly key: string
    readonly codes: Readonly<Record<string, ProviderProblemCode | null>>
  }[]
  /** Replaces the organization's content. */
  show(userIds: readonly string[], usage: readonly UsageRow[]): void
  set(switches: Partial<CommonSwitches>): void
  /** The number of received requests. */
  readonly requestCount: () => number
  close(): Promise<void>
}
