import { USE_LABELS } from '../../components/member-labels.ts'
import type { MembersView } from './members-view.ts'

const OWNERS = { true: 'owners', false: 'without owners' }

/** The filters of a view in a few words each, for the name of a file. */
export function filtersInWords(view: MembersView): string[] {
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
