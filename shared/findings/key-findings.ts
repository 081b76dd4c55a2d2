import { isUsedAfterRemoval, type KeyFinding } from '../data-sets/keys/key-findings.ts'
import type { OwnedKey } from '../data-sets/keys/owned-key.ts'
import { dayOf, daysBetween } from '../domain/day.ts'
import type { Window } from '../domain/window.ts'
import type { Evidence, Finding } from './finding.ts'
import type { JudgedOrganization } from './judged-organization.ts'
import { newFinding } from './new-finding.ts'

type KeyEvidence = Extract<Evidence, { readonly key: OwnedKey }>

/** The findings about the keys of an organization, as lists of keys name them. */
export function findingsOfKeys(organization: JudgedOrganization): Finding[] {
  const { keys, provider } = organization
  if (keys === null) return []
  return keys.listed.flatMap((key) =>
    key.findings.map((found) => {
      const evidence = evidenceOf(found, key, keys.window)
      const { removedAt } = key.owner ?? { removedAt: null }
      // Providers promise no ids that are unique across projects.
      return newFinding(organization, `${key.kind} ${key.project?.id ?? ''} ${key.id}`, {
        severity: found.severity,
        subject: { kind: 'key', id: key.id, label: key.name ?? key.id },
        since: found.type === 'leaver_key' && removedAt !== null ? dayOf(new Date(removedAt)) : null,
        evidence,
        cost: keys.costOf(key.id),
        action: { text: actionOf(evidence), url: key.kind === 'admin' ? provider.adminKeysUrl : provider.keysUrl },
      })
    }),
  )
}

function evidenceOf({ type }: KeyFinding, key: OwnedKey, { from, to }: Window): KeyEvidence {
  switch (type) {
    case 'leaver_key':
      return { type, key, ownerRemovedAt: key.owner?.removedAt ?? null, usedAfterRemoval: isUsedAfterRemoval(key) }
    case 'stale_key':
      return { type, key, from }
    case 'eternal_key':
      return { type, key, ageDays: key.createdAt === null ? 0 : daysBetween(key.createdAt.slice(0, 10), to) }
    case 'ownerless_key':
      return { type, key }
  }
}

function actionOf(evidence: KeyEvidence): string {
  switch (evidence.type) {
    case 'leaver_key':
      if (evidence.usedAfterRemoval) {
        return 'The key was used after its owner was removed. Find out what uses it, replace it there by a key of somebody else, and delete it.'
      }
      return evidence.key.status === 'inactive'
        ? 'The key does not work while its owner has no access. Delete it.'
        : 'Delete the key. If something still needs it, replace it there by a key of somebody else first.'
    case 'ownerless_key':
      return 'Find out what uses the key. Delete it, or replace it by a key that has an owner.'
    case 'stale_key':
      return 'Delete the key, unless something needs it that runs rarely.'
    case 'eternal_key':
      return 'Replace the key by a new one, if possible with an expiry, and delete it.'
  }
}
