import { describe, expect, test } from '@jest/globals'
import { sourcesOfUse } from '../../dashboard/src/components/sources-of-use.ts'
import { dataSetState, wireProvider } from './pages/wire.ts'

const ALL = ['usage', 'other_usage', 'keys']
const NEVER = { syncedAt: null, from: null, to: null }
const PROVIDER = wireProvider({
  dataSets: [{ id: 'keys', required: false, permission: 'seals', gives: 'Seals' }],
})

const read = ALL.map((id) => dataSetState({ id }))
const changed = (id: string, overrides: object) =>
  read.map((dataSet) => (dataSet.id === id ? { ...dataSet, ...overrides } : dataSet))

describe('The sources of use', () => {
  test('are those that were read, and nothing else is said when all were', () => {
    const dataSets = [dataSetState(), ...read, dataSetState({ id: 'invites', state: 'failed', ...NEVER })]
    expect(sourcesOfUse(ALL, dataSets, PROVIDER)).toEqual({
      read: ['requests', 'other kinds of usage', 'keys'],
      unread: [],
    })
  })

  test.each([
    ['not_permitted', 'the key lacks the permission seals'],
    ['unavailable', 'the organization has none'],
    ['failed', 'the last sync could not read that'],
    ['never_read', 'switched off, or not synced yet'],
  ] as const)('that were never read are named with the reason: %s', (state, why) => {
    expect(sourcesOfUse(['usage', 'other_usage'], changed('keys', { state, ...NEVER }), PROVIDER)).toEqual({
      read: ['requests', 'other kinds of usage'],
      unread: [{ label: 'keys', isPartlyRead: false, why }],
    })
  })

  test('of which an older reading is shown are named with its last day', () => {
    const dataSets = changed('keys', { state: 'failed', to: '2026-11-20' })
    expect(sourcesOfUse(['usage', 'other_usage'], dataSets, PROVIDER).unread).toEqual([
      { label: 'keys', isPartlyRead: true, why: 'as of Nov 20, 2026: the last sync could not read that' },
    ])
    // Known for other days than the answer is about, without a failure.
    const older = changed('keys', { to: '2026-11-20' })
    expect(sourcesOfUse(['usage', 'other_usage'], older, PROVIDER).unread[0]?.why).toBe('as of Nov 20, 2026')
  })

  test('that lack parts are named with them, except for parts that the organization never had', () => {
    const lacking = (...missing: readonly object[]) =>
      sourcesOfUse(ALL, changed('other_usage', { missing }), PROVIDER).unread
    const refused = { code: 'insufficient_permissions', rowsAsOf: null }
    expect(lacking({ part: 'images', ...refused }, { part: 'vector_stores', ...refused })).toEqual([
      { label: 'other kinds of usage', isPartlyRead: true, why: 'without images and vector stores' },
    ])
    const gone = { part: 'images', code: 'data_set_unavailable' }
    expect(lacking({ ...gone, rowsAsOf: null })).toEqual([])
    expect(lacking({ ...gone, rowsAsOf: '2026-11-20T06:00:00.000Z' })[0]?.why).toBe('without images')
  })

  test('of which some is as an earlier sync read it are named', () => {
    const problem = { code: 'partly_read', detail: 'One project could not be read.' }
    expect(sourcesOfUse(ALL, changed('keys', { problem }), PROVIDER).unread).toEqual([
      { label: 'keys', isPartlyRead: true, why: 'some of that as of an earlier sync' },
    ])
  })
})
