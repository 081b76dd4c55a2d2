import { expect, test } from '@jest/globals'
import type { SnapshotPerson } from '../../shared/data-sets/directory/directory-person.ts'
import type { KeysItem } from '../../shared/data-sets/keys/keys.ts'
import { type Access, accessIn } from '../../shared/reviews/access.ts'
import { aPerson } from '../builders.ts'
import { aKey, PROJECT } from '../data-sets/keys/a-key.ts'

const AT = '2026-11-24T12:00:00.000Z'
const OTHER = { id: 'proj_2', name: 'Ads' }

function memberAccess(people: readonly SnapshotPerson[]): Access {
  return accessIn({ people, keys: null, at: AT })({ kind: 'member', id: 'ana', label: 'Ana', projectId: null })
}

function keyAccess(keys: readonly KeysItem[] | null, projectId: string | null = PROJECT.id): Access {
  return accessIn({ people: [], keys, at: AT })({ kind: 'key', id: 'key_1', label: 'CI', projectId })
}

function unread(project: typeof PROJECT | null, readAt: string | null): KeysItem {
  return { kind: 'unread', project, code: 'insufficient_permissions', readAt }
}

test.each<[string, readonly SnapshotPerson[], Access]>([
  ['active', [aPerson()], 'held'],
  ['an active service account', [aPerson({ kind: 'service_account' })], 'held'],
  ['disabled', [aPerson({ accountStatus: 'disabled' })], 'ended'],
  ['banned', [aPerson({ accountStatus: 'banned' })], 'ended'],
  ['removed', [aPerson({ removedAt: AT })], 'ended'],
  ['not known any more', [aPerson({ userId: 'bob' })], 'ended'],
])('A member who is %s', (_, people, access) => {
  expect(memberAccess(people)).toBe(access)
})

test.each<[string, readonly KeysItem[] | null, Access]>([
  ['active', [aKey('key_1')], 'held'],
  ['inactive', [aKey('key_1', { isActive: false })], 'ended'],
  ['to expire later', [aKey('key_1', { expiresAt: '2026-11-24T12:00:00.001Z' })], 'held'],
  ['expired as of the reading', [aKey('key_1', { expiresAt: AT })], 'ended'],
  ['gone', [aKey('key_2')], 'ended'],
  ['not read by this sync', null, 'unknown'],
  ['of an earlier reading of its project', [aKey('key_1'), unread(PROJECT, AT)], 'unknown'],
  ['inactive in an earlier reading', [aKey('key_1', { isActive: false }), unread(PROJECT, AT)], 'unknown'],
  ['of a project of which no keys are kept', [unread(PROJECT, null)], 'unknown'],
  ['gone while another project was not read', [unread(OTHER, null)], 'ended'],
  ['active while another project was not read', [aKey('key_1'), unread(OTHER, null)], 'held'],
])('A key that is %s', (_, keys, access) => {
  expect(keyAccess(keys)).toBe(access)
})

test('An Admin key is gone, unless the Admin keys were not read', () => {
  expect(keyAccess([unread(PROJECT, null)], null)).toBe('ended')
  expect(keyAccess([unread(null, null)], null)).toBe('unknown')
})

test('A key whose id occurs in several projects ends with the last of them', () => {
  const inactive = aKey('key_1', { isActive: false })
  const elsewhere = aKey('key_1', { project: OTHER })
  expect(keyAccess([inactive, elsewhere])).toBe('held')
  expect(keyAccess([inactive, elsewhere, unread(OTHER, AT)])).toBe('unknown')
  expect(keyAccess([inactive, { ...elsewhere, isActive: false }])).toBe('ended')
})
