import { USE_LABELS } from '../../components/member-labels.ts'
import type { MembersView } from './members-view.ts'

/** The file types of a members download. */
export type Download = 'csv' | 'xlsx'

const LONGEST_FILTERS = 80

const OWNERS = { true: 'owners', false: 'without owners' }

/**
 * The file name of a download. It contains the organization, the content, the filters and the last day of the data, so
 * files can be told apart: `Acme members, guest, no use, 2026-11-28.csv`.
 */
export function fileNameOf(file: {
  readonly organization: string
  readonly view: MembersView
  readonly day: string | undefined
  readonly kind: Download
}): string {
  const filters = filtersInWords(file.view).join(', ').slice(0, LONGEST_FILTERS)
  const parts = [`${file.organization} members`, filters, file.day]
  return `${parts.filter((part) => part !== undefined && part !== '').join(', ')}.${file.kind}`
}

function filtersInWords(view: MembersView): string[] {
  const { q, role, owner, seat, license, accountStatus, kind, idleDays } = view
  const words = [
    q === undefined ? undefined : `search ${q}`,
    role,
    owner && OWNERS[owner],
    seat,
    license === undefined ? undefined : USE_LABELS[license].toLowerCase(),
    accountStatus === 'any' ? 'any account' : accountStatus,
    kind === 'any' ? 'any kind' : kind,
    idleDays === undefined ? undefined : `idle ${idleDays} days`,
  ]
  return words.flatMap((word) => word?.replaceAll('_', ' ') ?? [])
}
