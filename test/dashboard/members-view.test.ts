import { expect, test } from '@jest/globals'
import { writeView } from '../../dashboard/src/components/address-view.ts'
import {
  isFiltered,
  isInvitedView,
  INVITED_SEARCH,
  misreadMembersParameters,
  nameOfView,
  readMembersView,
  renameView,
} from '../../dashboard/src/pages/members/members-view.ts'

test('The address contains every filter and restores it', () => {
  const view = {
    q: 'ada',
    role: 'reader',
    seat: 'guest',
    license: 'unused',
    accountStatus: 'any',
    kind: 'any',
    idleDays: '14',
    sort: '-requests',
  } as const
  expect(readMembersView(writeView(view))).toEqual(view)
})

test('Owners can be left out; a selected role takes precedence', () => {
  expect(readMembersView(writeView({ owner: 'false' }))).toEqual({ owner: 'false' })
  expect(readMembersView(new URLSearchParams('role=reader&owner=false'))).toEqual({ role: 'reader' })
  expect(isFiltered({ owner: 'false' })).toBe(true)
})

test('Values that the API would reject are left out of the view', () => {
  const search = new URLSearchParams('seat=sofa&idleDays=0&sort=shoe-size&accountStatus=&q=+&license=in_use&limit=3')
  expect(readMembersView(search)).toEqual({ license: 'in_use' })
})

test('Ignored parameters are named unless they are empty', () => {
  const search = new URLSearchParams('seat=sofa&idleDays=0&seats=guest&accountStatus=&q=+&license=in_use')
  expect(misreadMembersParameters(search)).toEqual(['seat=sofa', 'idleDays=0', 'seats=guest'])
  expect(misreadMembersParameters(new URLSearchParams('role=reader&owner=false&q=ada&idleDays=14'))).toEqual([])
})

test('A named view sets its own filters and order and keeps the others', () => {
  const left = renameView({ q: 'ada', idleDays: '60', sort: 'lastActiveOn' }, 'removed')
  expect(left).toEqual({ q: 'ada', accountStatus: 'removed', sort: '-removedAt' })
  expect(renameView(left, 'all')).toEqual({ q: 'ada' })
})

test('No recent use refers to the whole window, of any length', () => {
  expect(renameView({ q: 'ada' }, 'idle', 90)).toEqual({ q: 'ada', idleDays: '90', sort: 'lastActiveOn' })
  expect(renameView({}, 'idle', undefined)).toEqual({ idleDays: '60', sort: 'lastActiveOn' })
})

test('A view is named after its parameters', () => {
  expect(nameOfView({})).toBe('all')
  expect(nameOfView({ idleDays: '30' })).toBe('idle')
  expect(nameOfView({ sort: '-addedAt' })).toBe('newest')
  expect(nameOfView({ accountStatus: 'removed' })).toBe('removed')
})

test('The named views themselves count as unfiltered', () => {
  expect(isFiltered({ accountStatus: 'removed', sort: '-removedAt' })).toBe(false)
  expect(isFiltered({ accountStatus: 'banned' })).toBe(true)
  expect(isFiltered({ q: 'ada' })).toBe(true)
})

test('The invited people have an address of their own', () => {
  expect(isInvitedView(new URLSearchParams(INVITED_SEARCH))).toBe(true)
  expect(isInvitedView(new URLSearchParams('view=guests'))).toBe(false)
})
