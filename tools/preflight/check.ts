import type { StageConfig } from '../../infra/settings/stage-config.ts'
import type { Account } from './account.ts'

/** What a check found, with what to do about it or why nothing was found. One line, without a full stop. */
export interface Finding {
  readonly kind: 'ok' | 'missing' | 'not checked'
  readonly text: string
}

/** What a stage is checked against. */
export interface Preflight {
  readonly stage: string
  readonly stackName: string
  readonly config: StageConfig
  readonly region: string
  /** The account's number; undefined when there are no credentials that AWS takes. */
  readonly accountId?: string | undefined
  readonly account: Account
}

/** One thing that must be as it should before a deployment. */
export interface Check {
  readonly name: string
  /** False for those that ask nothing but the configuration's own addresses. */
  readonly asksAccount: boolean
  /** What a stage does not use is not checked: undefined then. An error of AWS becomes a finding elsewhere. */
  readonly run: (preflight: Preflight) => Promise<Finding | undefined>
}

export function ok(text: string): Finding {
  return { kind: 'ok', text }
}

export function missing(text: string): Finding {
  return { kind: 'missing', text }
}

export function notChecked(text: string): Finding {
  return { kind: 'not checked', text }
}
