import { describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { textOf } from './read-page.ts'
import { wireKey, wireKeys } from './wire-lists.ts'
import {
  AS_OF,
  dataSetState,
  ID,
  PATH,
  wireIntegration,
  wireLicenses,
  wireMe,
  wireSync,
  wireUser,
  wireUsers,
} from './wire.ts'

const LICENSES = `${PATH}/licenses`
const USERS = `${PATH}/users`
const SYNCS = `${PATH}/syncs`
const OLDER = { ...AS_OF, syncedAt: '2026-11-24T06:00:00.000Z' }

const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration(),
  [LICENSES]: wireLicenses(),
  [USERS]: wireUsers([wireUser()]),
}

/** Answers with older figures at first, and with those of the last sync from then on. */
function olderAtFirst() {
  let asked = 0
  return () => {
    asked += 1
    return asked === 1
      ? wireLicenses({ asOf: OLDER, serviceAccounts: 1_001 })
      : wireLicenses({ serviceAccounts: 2_002 })
  }
}

describe('The data of an organization', () => {
  test('is requested in parallel with the integration, and shown before that has arrived', async () => {
    const integration = Promise.withResolvers<unknown>()
    const { page, queriesTo } = openPage(`/integrations/${ID}/members`, { ...ANSWERS, [PATH]: integration.promise })
    await waitUntil('the members', () => textOf(page).includes('Ada Lovelace'))
    expect(queriesTo(LICENSES)).toHaveLength(1)
    expect(textOf(page)).not.toContain('Acme Europe')
    integration.resolve(wireIntegration())
    await waitUntil('the name', () => textOf(page).includes('Acme Europe'))
    expect([queriesTo(LICENSES).length, queriesTo(USERS).length]).toEqual([1, 1])
  })

  test('is refetched once when a sync has published since it was read', async () => {
    const answers = { ...ANSWERS, [LICENSES]: olderAtFirst() }
    const { page, queriesTo } = openPage(`/integrations/${ID}`, answers)
    await waitUntil('the newer figures', () => textOf(page).includes('2,002'))
    expect(queriesTo(LICENSES)).toHaveLength(2)
  })

  test('is not refetched repeatedly when it stays older', async () => {
    const answers = { ...ANSWERS, [LICENSES]: wireLicenses({ asOf: OLDER }), [USERS]: () => wireUsers([wireUser()]) }
    const { page, queriesTo } = openPage(`/integrations/${ID}/members`, answers)
    await waitUntil('a second reading', () => queriesTo(LICENSES).length === 2 && queriesTo(USERS).length === 2)
    await waitUntil('the members', () => textOf(page).includes('Ada Lovelace'))
    expect(queriesTo(LICENSES)).toHaveLength(2)
  })
})

describe('The data of an optional data set', () => {
  const KEYS = `${PATH}/keys`
  const answersOf = (keysReadAt: string) => ({
    ...ANSWERS,
    [PATH]: wireIntegration({ dataSets: [dataSetState(), dataSetState({ id: 'keys', syncedAt: keysReadAt })] }),
    [KEYS]: wireKeys([wireKey()], { asOf: OLDER }),
  })
  const openKeys = (answers: Answers) => openLoadedPage(`/integrations/${ID}/keys`, '[role=table]', answers)
  const listQueries = (opened: Awaited<ReturnType<typeof openKeys>>) =>
    opened.queriesTo(KEYS).filter(({ limit }) => limit !== '1')

  test('is not refetched for a sync that kept its older reading', async () => {
    const opened = await openKeys(answersOf(OLDER.syncedAt))
    await waitUntil('all answers', () => textOf(opened.page).includes('1 Never expires'))
    // By the time another list is there, a second request of the first one would have been sent.
    fireEvent.click(screen.getByRole('button', { name: '1 Never expires' }))
    await waitUntil(
      'another list',
      () => opened.page.querySelector('[aria-pressed=true]') !== null && textOf(opened.page).includes('1 key'),
    )
    expect(listQueries(opened)).toEqual([{ limit: '100' }, { finding: 'eternal_key', limit: '100' }])
  })

  test('is refetched once when a sync has read it since', async () => {
    const opened = await openKeys(answersOf(AS_OF.syncedAt))
    await waitUntil('a second reading', () => listQueries(opened).length === 2)
  })
})

describe('The history of syncs', () => {
  test('is refetched once when the integration has a newer sync than the list', async () => {
    const older = wireSync({ id: '01K00000000000000000000001' })
    const newest = wireSync({ id: '01K00000000000000000000002' })
    let requested = 0
    const { page, queriesTo } = openPage(`/integrations/${ID}/settings`, {
      ...ANSWERS,
      [PATH]: wireIntegration({ lastSync: newest }),
      [SYNCS]: () => {
        requested += 1
        return { items: requested === 1 ? [older] : [newest, older], nextCursor: null }
      },
    })
    await waitUntil('both syncs', () => page.querySelectorAll('tbody tr').length === 2)
    expect(queriesTo(SYNCS)).toHaveLength(2)
  })
})
