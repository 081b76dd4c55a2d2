import type { WireKey } from '../../../shared/contracts/keys-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'

type Finding = WireKey['findings'][number]

/** What a finding about a key means, and what to do. */
export interface FindingWords {
  readonly label: string
  readonly kind: 'warn' | 'plain'
  readonly meaning: string
  readonly action: string
}

export const FINDING_WORDS: Readonly<Record<Finding, FindingWords>> = {
  leaver_key: {
    label: 'Owner is gone',
    kind: 'warn',
    meaning: 'It has not expired, but its owner left, is disabled, or is not in the directory.',
    action: 'Delete it. If a job needs it, give the job another key first.',
  },
  ownerless_key: {
    label: 'No owner',
    kind: 'warn',
    meaning: 'It works, and the provider names nobody who owns it.',
    action: 'Find out who uses it, and replace it by a key with an owner.',
  },
  stale_key: {
    label: 'Not used',
    kind: 'warn',
    meaning: 'It works, is older than 30 days, and was not used in the days that were read.',
    action: 'Ask its owner, then delete it.',
  },
  eternal_key: {
    label: 'Never expires',
    kind: 'plain',
    meaning: 'It works, is older than a year, and has no expiry.',
    action: 'Replace it by a new key with an expiry.',
  },
}

export const KEY_STATUS_LABELS: Readonly<Record<WireKey['status'], string>> = {
  active: 'Active',
  inactive: 'Inactive',
  expired: 'Expired',
}

/** What kinds of keys are called. Those that manage the organization have a name of the provider's. */
export function keyKindLabels(provider: WireProvider | undefined): Readonly<Record<WireKey['kind'], string>> {
  return {
    admin: provider?.key.label ?? 'Organization key',
    project: 'Project key',
    workspace: 'Workspace key',
  }
}

/** Statuses of owners that are named: those that explain a finding. */
export const OWNER_STATUS_LABELS: Readonly<Record<NonNullable<WireKey['owner']>['status'], string | undefined>> = {
  active: undefined,
  disabled: 'Disabled',
  removed: 'Removed',
  not_listed: 'Not in the directory',
}
