import { ANTHROPIC_KINDS, KINDS } from '../model/kinds.ts'
import type { Model } from '../model/model.ts'

/** What the values of a random organization are drawn from. */
export interface DrawnAt {
  readonly roles: readonly string[]
  /** Users that are in no directory, and what else the provider attributes usage to. */
  readonly strangers: readonly string[]
  /** The other kinds of usage. */
  readonly kinds: readonly string[]
  readonly projects: readonly (string | null)[]
  readonly keys: readonly (string | null)[]
}

export const DRAWN_AT: Readonly<Record<Model['provider'], DrawnAt>> = {
  openai: {
    roles: ['reader', 'reader', 'reader', 'owner', 'Owner', 'auditor'],
    strangers: ['user-stranger', 'constructor', 'user-long-gone', 'svc_acct_abc'],
    kinds: KINDS,
    projects: ['proj_1', 'proj_1', 'proj_2', '__proto__', null],
    keys: ['key_1', 'key_2', 'key_3', null],
  },
  anthropic: {
    roles: ['user', 'developer', 'claude_code_user', 'billing', 'admin', 'Admin'],
    strangers: ['user-stranger', 'constructor', 'user-long-gone', 'svac_abc', 'apikey_1', 'apikey_abc'],
    kinds: ANTHROPIC_KINDS,
    projects: ['wrkspc_01default', 'wrkspc_01research', 'wrkspc_01prototype', '__proto__', null],
    keys: ['apikey_1', 'apikey_2', 'apikey_3', null],
  },
}
