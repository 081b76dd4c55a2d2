import { beforeAll, describe, expect, test } from '@jest/globals'
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

describe('The page of an organization of which everything was read', () => {
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

  let opened: Awaited<ReturnType<typeof openOrganization>>
  beforeAll(async () => {
    const licenses = wireLicenses({ pendingInvites: 3 })
    opened = await openOrganization({
      ...EVERYTHING,
      [PATH]: readKinds,
      [`${PATH}/licenses`]: licenses,
      [USAGE]: usage,
    })
  })

  test('counts the invitations, with a link to them', () => {
    const link = sectionCalled(opened.page, SECTIONS.shares).querySelector('a')
    expect([textOf(link), link?.getAttribute('href')]).toEqual([
      '3 pending invitations',
      `/integrations/${ID}/members?view=invited`,
    ])
  })

  test('has the use by kind: requests, and quantities with their units, of the chosen days', async () => {
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

  test('names kinds of use that were not read', async () => {
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
