import { describe, expect, test } from '@jest/globals'
import { choose, EVERYTHING, openOrganization, USAGE, USED_BY } from './open-organization.tsx'
import { sectionCalled, textOf } from './read-page.ts'
import { wireUsageByKind } from './wire-lists.ts'
import {
  AS_OF,
  dataSetState,
  ID,
  PATH,
  wireIntegration,
  wireLicenses,
  wireUsageByDay,
  wireUsageByUser,
} from './wire.ts'

const SECTIONS = { shares: 'Seats and use', kinds: 'Use by kind' }
const DAYS_SHOWN = 'Days shown'

describe('The use of an organization by kind', () => {
  const readKinds = wireIntegration({ dataSets: ['usage', 'other_usage', 'keys'].map((id) => dataSetState({ id })) })
  const REQUESTS = { completions: 61, embeddings: 5, images: 4, vector_stores: 0 }
  const quantities = { images: 1_204, vector_stores: 3_210_000 }
  const usage = ({ groupBy, kind }: { groupBy: string; kind?: keyof typeof quantities }) => {
    if (groupBy !== 'kind') return groupBy === 'user' ? wireUsageByUser(USED_BY) : wireUsageByDay()
    if (kind === undefined) return wireUsageByKind(REQUESTS)
    const unit = kind === 'images' ? 'images' : 'bytes'
    const total = { requests: REQUESTS[kind], quantity: quantities[kind], unit }
    return { ...wireUsageByKind({}), items: [{ kind, ...total }], total }
  }

  test('has requests, and quantities with their units, of the chosen days', async () => {
    const opened = await openOrganization({ ...EVERYTHING, [PATH]: readKinds, [USAGE]: usage })
    const kinds = sectionCalled(opened.page, SECTIONS.kinds)
    const rows = [...kinds.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => textOf(cell)))
    expect(rows).toEqual([
      ['Completions', '61', '–'],
      ['Embeddings', '5', '–'],
      ['Images', '4', '1,204 images'],
      ['Vector stores', '0', '3.2 MB'],
    ])
    const isOfKind = ({ groupBy }: Readonly<Record<string, string>>) => groupBy === 'kind'
    const asked = await opened.queryAfter(() => choose(DAYS_SHOWN, '7 days'), USAGE, isOfKind)
    expect(asked).toMatchObject({ from: '2026-11-18', to: AS_OF.to })
  })

  test('names what was not read of it', async () => {
    const never = { state: 'never_read', syncedAt: null, from: null, to: null } as const
    const dataSets = [dataSetState({ id: 'usage' }), dataSetState({ id: 'other_usage', ...never })]
    const { page } = await openOrganization({ ...EVERYTHING, [PATH]: wireIntegration({ dataSets }), [USAGE]: usage })
    expect(textOf(sectionCalled(page, SECTIONS.kinds))).toContain(
      'Other kinds of usage were not read: switched off, or not synced yet.',
    )
    expect(textOf(sectionCalled(page, SECTIONS.shares))).toContain(
      'Use is known from requests. Not read: other kinds of usage (switched off, or not synced yet).',
    )
  })
})

describe('The invitations of an organization', () => {
  const shares = async (pendingInvites: number | null) => {
    const licenses = wireLicenses({ pendingInvites })
    return sectionCalled(
      (await openOrganization({ ...EVERYTHING, [`${PATH}/licenses`]: licenses })).page,
      SECTIONS.shares,
    )
  }

  test('are counted, with a link to them', async () => {
    const link = (await shares(3)).querySelector('a')
    expect([textOf(link), link?.getAttribute('href')]).toEqual([
      '3 pending invitations',
      `/integrations/${ID}/members?view=invited`,
    ])
  })

  test('are not counted as none when they were not read', async () => {
    expect(textOf(await shares(null))).not.toContain('invitation')
  })
})
