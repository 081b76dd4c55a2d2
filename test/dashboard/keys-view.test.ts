import { expect, test } from '@jest/globals'
import { misreadParameters, writeView } from '../../dashboard/src/components/address-view.ts'
import { isFilteredKeysView, readKeysView } from '../../dashboard/src/pages/keys/keys-view.ts'

test('The address of the keys contains every filter and restores it', () => {
  const view = {
    q: 'nightly',
    kind: 'project',
    status: 'inactive',
    ownerId: 'user-1',
    finding: 'leaver_key',
    sort: '-lastUsedOn',
  } as const
  expect(readKeysView(writeView(view))).toEqual(view)
})

test('Values that the API would reject are left out of the view of keys, and named unless they are empty', () => {
  const search = new URLSearchParams('kind=sofa&finding=lost&sort=size&status=&q=+&owner=x&finding=any')
  expect(readKeysView(search)).toEqual({})
  const other = new URLSearchParams('kind=sofa&finding=any&status=&q=+&owner=x')
  expect(misreadParameters(other, readKeysView(other))).toEqual(['kind=sofa', 'owner=x'])
})

test('An order does not filter the keys', () => {
  expect(isFilteredKeysView({ sort: 'name' })).toBe(false)
  expect(isFilteredKeysView({ finding: 'any' })).toBe(true)
})
