import { expect, test } from '@jest/globals'
import { fileNameOf } from '../../dashboard/src/pages/members/file-name.ts'

const file = { organization: 'Acme', day: '2026-11-28', kind: 'csv' } as const

test('A download is named for the organization, its filters and the last day of its data', () => {
  const view = { seat: 'guest', license: 'in_use', idleDays: '30', q: 'ana', sort: '-requests' } as const
  expect(fileNameOf({ ...file, view })).toBe('Acme members, search ana, guest, in use, idle 30 days, 2026-11-28.csv')
  expect(fileNameOf({ ...file, view: { accountStatus: 'any', kind: 'any' } })).toBe(
    'Acme members, any account, any kind, 2026-11-28.csv',
  )
  expect(fileNameOf({ ...file, view: { owner: 'false' } })).toBe('Acme members, without owners, 2026-11-28.csv')
})

test('Without filters or known days, a download’s name has neither', () => {
  expect(fileNameOf({ ...file, view: {} })).toBe('Acme members, 2026-11-28.csv')
  expect(fileNameOf({ organization: 'Acme', view: {}, day: undefined, kind: 'xlsx' })).toBe('Acme members.xlsx')
})
