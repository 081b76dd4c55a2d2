import { expect, test } from '@jest/globals'
import { misreadParameters, writeView } from '../../dashboard/src/components/address-view.ts'
import {
  isFilteredPeopleView,
  nameOfPeopleView,
  readPeopleView,
  renamePeopleView,
} from '../../dashboard/src/pages/people/people-view.ts'

test('The address contains every filter of people and restores it', () => {
  const view = {
    q: 'ada',
    provider: 'openai',
    integrationId: 'i-1',
    seat: 'guest',
    license: 'unused',
    outside: 'true',
    owner: 'true',
    accountStatus: 'any',
    idleDays: '14',
    minOrganizations: '2',
    sort: '-organizations',
  } as const
  expect(readPeopleView(writeView(view))).toEqual(view)
})

test('Values that the API would reject are left out of the view of people, and named', () => {
  const search = new URLSearchParams('seat=sofa&minOrganizations=0&sort=cost&q=+&license=in_use&limit=3')
  const view = readPeopleView(search)
  expect(view).toEqual({ license: 'in_use' })
  expect(misreadParameters(search, view)).toEqual(['seat=sofa', 'minOrganizations=0', 'sort=cost', 'limit=3'])
})

test('A named view of people replaces the filters and order of the one before, and keeps the others', () => {
  const several = renamePeopleView({ q: 'ada', accountStatus: 'removed' }, 'several')
  expect(several).toEqual({ q: 'ada', minOrganizations: '2', sort: '-organizations' })
  expect(renamePeopleView(several, 'idle', 90)).toEqual({ q: 'ada', idleDays: '90', sort: 'lastActiveOn' })
  expect(renamePeopleView(several, 'removed')).toEqual({ q: 'ada', accountStatus: 'removed' })
  expect(renamePeopleView(several, 'all')).toEqual({ q: 'ada' })
  for (const name of ['all', 'several', 'idle', 'removed'] as const) {
    expect(nameOfPeopleView(renamePeopleView({}, name))).toBe(name)
    expect(isFilteredPeopleView(renamePeopleView({}, name))).toBe(false)
  }
  expect(isFilteredPeopleView({ provider: 'openai' })).toBe(true)
  expect(isFilteredPeopleView({ accountStatus: 'banned' })).toBe(true)
  expect(isFilteredPeopleView({ idleDays: '30', minOrganizations: '2' })).toBe(true)
})
