import { expect, test } from '@jest/globals'
import { fileNameOf } from '../../dashboard/src/components/file-name.ts'
import { filtersInWords } from '../../dashboard/src/pages/members/filters-in-words.ts'
import type { MembersView } from '../../dashboard/src/pages/members/members-view.ts'

const file = { organization: 'Acme', content: 'members', day: '2026-11-28', extension: 'csv' } as const
const nameOf = (view: MembersView) => fileNameOf({ ...file, filters: filtersInWords(view) })

test('A download is named for the organization, its filters and the last day of its data', () => {
  const view = { seat: 'guest', license: 'in_use', idleDays: '30', q: 'ana', sort: '-requests' } as const
  expect(nameOf(view)).toBe('Acme members, search ana, guest, in use, idle 30 days, 2026-11-28.csv')
  expect(nameOf({ accountStatus: 'any', kind: 'any' })).toBe('Acme members, any account, any kind, 2026-11-28.csv')
  expect(nameOf({ owner: 'false' })).toBe('Acme members, without owners, 2026-11-28.csv')
})

test('Without filters or known days, a download’s name has neither', () => {
  expect(nameOf({})).toBe('Acme members, 2026-11-28.csv')
  expect(fileNameOf({ ...file, filters: [], day: undefined, extension: 'xlsx' })).toBe('Acme members.xlsx')
})
