import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import type { ProviderProblemCode } from '../../shared/domain/problem.ts'
import type { HttpClientOptions } from '../../shared/providers/http/http-client.ts'
import type { Organization, Provider } from '../../shared/providers/provider.ts'
import type { Scripted } from './scripted-server.ts'

/** What the conformance suite needs to know of a provider: how it answers, and how its simulated organization is had. */
export interface ProviderDriver {
  readonly provider: Provider
  /** An Admin key as the provider's begin; its secret part is `verysecret`. */
  readonly adminKey: string
  readonly otherKey: string
  /** Opens with limits of the suite's own. */
  open(options: HttpClientOptions): Organization
  /** The header that carries a key, and its value. */
  keyHeader(key: string): readonly [name: string, value: string]
  readonly replies: ScriptedReplies
  /** What the provider says of a key, and what it means. */
  readonly keyProblems: readonly KeyProblem[]
  startSimulated(now: () => Date): Promise<SimulatedProvider>
}

export interface ScriptedReplies {
  /** The whole directory, or one page of it of which the last id is what the next page is asked for by. */
  readonly directory: (ids: readonly string[], hasMore?: boolean) => Scripted
  /** A whole directory of another form than agreed. */
  readonly malformedDirectory: Scripted
  /** What a page of the directory is asked for by; undefined for the first. */
  readonly directoryCursor: (url: URL) => string | undefined
}

export interface KeyProblem {
  readonly title: string
  readonly scripted: Scripted
  readonly code: ProviderProblemCode
  /** The Admin key unless set. */
  readonly key?: string
}

/** How a simulated provider can misbehave without loss: each is survived by asking again or by reading on. */
export const TROUBLES = [
  'every third request too fast',
  'every third request fails',
  'every third connection is reset',
  'every third reply is cut off',
  'every third reply is HTML',
  'small pages',
  'empty pages between',
  'people twice',
  'unknown fields',
] as const

export type Trouble = (typeof TROUBLES)[number]

export interface SimulatedProvider {
  readonly baseUrl: string
  /** Reads everything. */
  readonly adminKey: string
  /** Keys that cannot read everything, with what each data set is to answer; null: it can be read. */
  readonly faultyKeys: readonly {
    readonly title: string
    readonly key: string
    readonly codes: Readonly<Record<string, ProviderProblemCode | null>>
  }[]
  /** Makes these the whole organization. */
  show(userIds: readonly string[], usage: readonly UsageRow[]): void
  trouble(kind: Trouble): void
  /** How many requests have come. */
  readonly requestCount: () => number
  close(): Promise<void>
}
