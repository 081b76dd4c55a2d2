import { daysBetween, type Day } from '../domain/day.ts'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import { statusOf } from '../data-sets/directory/directory-user.ts'
import { valueAt } from '../data-sets/day-series/day-rows.ts'
import type { OpenOutcome } from '../reviews/outcome.ts'
import type { Finding } from './finding.ts'
import type { JudgedOrganization, Judgement } from './judged-organization.ts'
import { newFinding } from './new-finding.ts'

/** Access that should have been removed, as it was read last. */
interface HeldAccess {
  /** The last day of the reading. */
  readonly asOf: Day
  readonly cost: Cost | null
  /** Where it can be removed. */
  readonly url: string
  /** Of a key, if the provider names one. */
  readonly ownerId: string | null
  /** The member. Null for keys and service accounts. */
  readonly person: Pick<SnapshotPerson, 'email'> | null
}

/**
 * The removals that reviews decided and that were not carried out in time. Days count up to the last reading, so nothing is found while it
 * is not known what became of the access. Of several reviews that decided the same, the newest one counts whose time is over.
 */
export function findingsOfRemovals(organization: JudgedOrganization, { thresholds }: Judgement): Finding[] {
  if (organization.removals.length === 0) return []
  const heldAccess = accessHeldIn(organization)
  const newest = new Map<string, Finding>()
  for (const removal of organization.removals.toSorted((left, right) => (left.decidedAt < right.decidedAt ? -1 : 1))) {
    const held = heldAccess(removal)
    const days = held === undefined ? 0 : daysBetween(removal.decidedAt.slice(0, 10), held.asOf)
    if (held === undefined || days < thresholds.removalDays) continue
    newest.set(removal.itemId, removalFinding(organization, removal, { ...held, days }))
  }
  return [...newest.values()]
}

/** Returns the access that a removal is about. Undefined if it has ended, also when the outcome is not stored yet. */
function accessHeldIn({ directory, keys, provider }: JudgedOrganization) {
  const places = new Map(
    (directory?.people ?? []).flatMap((person, place) =>
      statusOf(person) === 'active' ? [[person.userId, place] as const] : [],
    ),
  )
  const working = new Map((keys?.listed ?? []).flatMap((key) => (key.status === 'active' ? [[key.id, key]] : [])))
  return ({ subject: { kind, id } }: OpenOutcome): HeldAccess | undefined => {
    const [place, key] = kind === 'member' ? [places.get(id)] : [undefined, working.get(id)]
    if (directory !== null && place !== undefined) {
      const { window, derivation } = directory
      const member = valueAt(directory.people, place)
      const person = member.kind === 'person' ? member : null
      return { asOf: window.to, cost: derivation.costAt(place), url: provider.membersUrl, ownerId: null, person }
    }
    if (keys === null || key === undefined) return undefined
    const url = key.kind === 'admin' ? provider.adminKeysUrl : provider.keysUrl
    return { asOf: keys.window.to, cost: keys.costOf(id), url, ownerId: key.owner?.id ?? null, person: null }
  }
}

function removalFinding(
  organization: JudgedOrganization,
  { reviewId, reviewName, itemId, subject, decidedAt, state }: OpenOutcome,
  { days, cost, url, ownerId, person }: HeldAccess & { readonly days: number },
): Finding {
  const { kind, id, label } = subject
  return newFinding(organization, `${reviewId} ${itemId}`, {
    severity: 'high',
    subject: { kind, id, label },
    since: decidedAt.slice(0, 10),
    evidence: { type: 'removal_not_done', reviewId, reviewName, decidedAt, days, state, ownerId, person },
    cost,
    action: { text: actionOf(kind, state), url },
  })
}

function actionOf(kind: OpenOutcome['subject']['kind'], state: OpenOutcome['state']): string {
  const [removal, gone] = kind === 'key' ? ['Delete the key', 'The key'] : ['Remove them', 'They']
  return state === 'returned'
    ? `${gone} had been removed and came back. Ask who changed that. ${removal} again, or accept this with the reason.`
    : `${removal} as the review decided. If that was changed, accept this with the reason.`
}
