import { screen } from '@testing-library/dom'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { dataSetState, ID, PATH, wireIntegration } from './wire.ts'
import { companyAnswers, OTHER_ID, wireOverview } from './wire-company.ts'
import { wireKeys } from './wire-lists.ts'

const INTEGRATIONS = [
  wireIntegration({ dataSets: [dataSetState({ id: 'keys' })] }),
  wireIntegration({
    id: OTHER_ID,
    name: 'Acme Asia',
    dataSets: [dataSetState({ id: 'keys', state: 'not_permitted', syncedAt: null })],
  }),
]

describe('The keys of all organizations', () => {
  let opened: Awaited<ReturnType<typeof openLoadedPage>>
  beforeAll(async () => {
    opened = await openLoadedPage('/keys', '[role=table]', {
      ...companyAnswers('viewer', INTEGRATIONS),
      '/v1/overview': wireOverview(),
      [`${PATH}/keys`]: ({ finding }: { finding?: string }) => wireKeys([], { total: finding === 'any' ? 7 : 40 }),
    })
  })

  test('are counted by finding, each leading to exactly these findings', async () => {
    await waitUntil('the counts', () => screen.queryByRole('link', { name: '11 Not used' }))
    const found = [...opened.page.querySelectorAll('ul[aria-label="Open findings about keys"] a')]
    expect(found.map((link) => `${textOf(link)} ${link.getAttribute('href')}`)).toEqual([
      '0 Owner is gone /findings?type=leaver_key',
      '0 No owner /findings?type=ownerless_key',
      '11 Not used /findings?type=stale_key',
      '0 Never expires /findings?type=eternal_key',
    ])
  })

  test('are counted by organization, each leading to its keys, with the reason where they were not read', async () => {
    const table = screen.getByRole('table')
    await waitUntil('the counts', () => textOf(table).includes('40'))
    expect(rowsOf(table).map((row) => Object.values(row).map((cell) => textOf(cell)))).toEqual([
      ['Acme EuropeQuill', '40', '7'],
      ['Acme AsiaQuillKeys were not read: the key may not read that.', '–', '–'],
    ])
    expect(screen.getByRole('link', { name: 'Acme Europe' }).getAttribute('href')).toBe(`/integrations/${ID}/keys`)
    expect(opened.queriesTo(`/v1/integrations/${OTHER_ID}/keys`)).toEqual([])
  })
})
