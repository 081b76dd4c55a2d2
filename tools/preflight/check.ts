import type { StageConfig } from '../../infra/settings/stage-config.ts'
import type { Account } from './account.ts'

/** The result of a check, with what to do about it, or why there is no result. One line, without a full stop. */
export interface Finding {
  readonly kind: 'ok' | 'missing' | 'not checked'
  readonly text: string
}

/** What the checks examine. */
export interface Preflight {
  readonly stage: string
  readonly stackName: string
  readonly config: StageConfig
  readonly region: string
  /** The account's number. Undefined without credentials that AWS accepts. */
  readonly accountId?: string | undefined
  readonly account: Account
}

/** One condition of a deployment. */
export interface Check {
  readonly name: string
  /** False for checks that only contact addresses of the configuration. */
  readonly asksAccount: boolean
  /** Returns undefined when the stage does not use what is checked. AWS errors become findings in the caller. */
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
