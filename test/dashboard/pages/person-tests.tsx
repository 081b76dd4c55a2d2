import { screen } from '@testing-library/dom'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { WireFinding } from '../../../shared/contracts/findings-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { rowsOf, sectionCalled, textOf } from './read-page.ts'
import { wireFindings } from './wire-company.ts'
import { wireKey, wireKeys } from './wire-lists.ts'
import { OTHER_ID, wireMembership, wireOtherMembership, wirePeople, wirePerson } from './wire-people.ts'
import { AS_OF, ID, PATH, wireIntegration, wireLicenses, wireMe, wireUser } from './wire.ts'

const PERSON = '/v1/people/person-ada'
const FINDINGS = '/v1/findings'
const KEYS = `${PATH}/keys`
const BOTH = wirePerson({ memberships: [wireMembership({ keys: 1 }), wireOtherMembership({ keys: null })] })
const KEY = wireKey({ cost: { amount: '41', currency: 'USD' } })
const { role, seat, addedAt } = wireUser()

const LEFT: WireFinding = {
  id: 'not_in_roster.1',
  type: 'not_in_roster',
  severity: 'high',
  integrationId: ID,
  integrationName: 'Acme Europe',
  subject: { kind: 'member', id: 'user-ada', label: 'Ada Lovelace', personId: 'person-ada' },
  since: '2026-11-04',
  evidence: {
    type: 'not_in_roster',
    member: {
      email: 'ada@acme.example',
      name: 'Ada Lovelace',
      role,
      seat,
      addedAt,
      lastActiveOn: null,
      lastLoginOn: null,
    },
    endedOn: '2026-11-03',
    workingKeys: null,
  },
  cost: null,
  action: { text: 'Remove them there.', url: 'https://quill.example/members' },
  state: 'open',
  accepted: null,
}

const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  '/v1/integrations': {
    items: [wireIntegration(), wireIntegration({ id: OTHER_ID, name: 'Acme Labs' })],
    nextCursor: null,
  },
  [PATH]: wireIntegration(),
  [`${PATH}/licenses`]: wireLicenses(),
  [KEYS]: wireKeys([KEY]),
  [PERSON]: BOTH,
  [FINDINGS]: ({ userId }: { userId?: string }) => wireFindings(userId === 'user-ada' ? [LEFT] : []),
}

const openPerson = (answers: Answers = {}) =>
  openLoadedPage('/people/person-ada', '[role=table]', { ...ANSWERS, ...answers })

describe('The page of one person', () => {
  let opened: Awaited<ReturnType<typeof openPerson>>
  beforeAll(async () => {
    opened = await openPerson()
  })

  test('tells first that they left the company, where they still have access, and what their key cost', async () => {
    const { page, queriesTo } = opened
    const story =
      'Left the company on Nov 3 (roster), still has access in 2 organizations and 1 working key that cost $41.00 in the last 60 days.'
    await waitUntil(
      'the story',
      () => textOf(page).includes(story),
      () => textOf(page),
    )
    expect(textOf(page.querySelector('h1'))).toBe('Ada Lovelace')
    const asked = queriesTo(FINDINGS).map(({ integrationId, userId, state }) => [integrationId, userId, state])
    expect(asked).toEqual([
      [ID, 'user-ada', 'any'],
      [OTHER_ID, 'u/2', 'any'],
    ])
  })

  test('has the findings about them, with what to do and where', async () => {
    const { page } = opened
    const findings = await waitUntil('the findings', () => page.querySelector('section[aria-label=Findings]'))
    await waitUntil('what to do', () => textOf(findings).includes('Remove them there.'))
    expect(findings.querySelector('a[href="https://quill.example/members"]')).not.toBeNull()
    expect(textOf(findings)).toContain('High')
    // The rest about them is on this page.
    expect(textOf(findings.querySelector('li a'))).toBe('Ada Lovelace')
    expect(findings.querySelector('li a')?.getAttribute('href')).toBe(`/integrations/${ID}/members/user-ada`)
  })

  test('has a row for each organization, which leads to the member and to their keys', async () => {
    const { page } = opened
    const table = await waitUntil('the organizations', () => page.querySelector('[aria-label=Organizations]'))
    const [europe, labs] = rowsOf(table)
    const texts = (row: Record<string, Element> | undefined) => Object.values(row ?? {}).map((cell) => textOf(cell))
    expect(texts(europe)).toEqual([
      expect.stringMatching(/^Acme Europe/),
      'Rolereader',
      expect.stringMatching(/^SeatMember/),
      'UseIn use',
      expect.stringMatching(/^Last activity/),
      'Requests71',
      'Cost$12.50',
      'Working keys1 key',
    ])
    expect(texts(labs).at(-1)).toBe('Working keysNot read')
    const hrefs = [...table.querySelectorAll('a')].map((link) => link.getAttribute('href'))
    expect(hrefs).toEqual([
      `/integrations/${ID}/members/user-ada`,
      `/integrations/${ID}/keys?ownerId=user-ada`,
      `/integrations/${OTHER_ID}/members/u%2F2`,
    ])
  })

  test('has their working keys of each organization, and says where keys were not read', async () => {
    const { page, queriesTo } = opened
    const keys = sectionCalled(page, 'Working keys')
    await waitUntil('the key', () => textOf(keys).includes('Nightly job'))
    expect(textOf(keys)).toContain('Keys were not read in Acme Labs.')
    expect(queriesTo(KEYS)).toEqual([{ ownerId: 'user-ada', status: 'active', limit: '100' }])
  })
})

describe('The page of somebody', () => {
  test('says the department and the manager of somebody who left as of a present employee', async () => {
    const ofRoster = { department: 'Research', manager: 'Zoe' }
    const said = 'Department: Research. Manager: Zoe.'
    const left = await openPerson({ [PERSON]: { ...BOTH, ...ofRoster } })
    await waitUntil('both', () => textOf(left.page).includes(said))
    const removed = wireMembership({ accountStatus: 'removed', seat: null, license: null })
    const gone = wirePerson({ memberships: [removed], manager: 'Zoe' })
    const { page: ofGone } = await openPerson({ [PERSON]: gone, [FINDINGS]: wireFindings([]) })
    await waitUntil('the manager', () => textOf(ofGone).includes('Manager: Zoe.'))
    expect(textOf(ofGone)).not.toContain('Department')
    const present = await openPerson({ [PERSON]: { ...BOTH, ...ofRoster }, [FINDINGS]: wireFindings([]) })
    await waitUntil('the story', () => textOf(present.page).includes('Research (manager Zoe): in Acme Europe'))
    expect(textOf(present.page)).not.toContain(said)
  })

  test('says what it does not know when findings or keys could not be loaded, until they are', async () => {
    let isDown = true
    const unless = (answer: unknown) => () => (isDown ? new Response('', { status: 500 }) : answer)
    const { page } = await openPerson({ [FINDINGS]: unless(wireFindings([])), [KEYS]: unless(wireKeys([KEY])) })
    await waitUntil('what is unknown', () => textOf(page).includes('Whether they left the company is not known'))
    expect(textOf(page)).toContain('Their working keys could not be loaded.')
    isDown = false
    const retries = await waitUntil('the failures', () => screen.queryAllByRole('button', { name: 'Try again' }))
    expect(retries).toHaveLength(2)
    for (const retry of retries) retry.click()
    await waitUntil('the key in the story', () => textOf(page).includes('with 1 working key'))
    expect(textOf(page)).not.toContain('could not be loaded')
  })

  test('without findings has no place for them', async () => {
    const { page } = await openPerson({ [FINDINGS]: wireFindings([]) })
    await waitUntil('the story', () => textOf(page).includes('In Acme Europe as reader and in Acme Labs as admin'))
    expect(page.querySelector('section[aria-label=Findings]')).toBeNull()
  })

  test('says so where they own no working key', async () => {
    const none = [wireMembership({ keys: null }), wireOtherMembership({ keys: 0 })]
    const { page } = await openPerson({ [PERSON]: wirePerson({ memberships: none }) })
    const said = 'Keys were not read in Acme Europe.They own no working key elsewhere.'
    expect(textOf(sectionCalled(page, 'Working keys'))).toContain(said)
  })

  test('with one organization does not name it again', async () => {
    const { page } = await openPerson({ [PERSON]: wirePerson({ memberships: [wireMembership({ keys: 1 })] }) })
    const keys = sectionCalled(page, 'Working keys')
    await waitUntil('the key', () => textOf(keys).includes('Nightly job'))
    expect(keys.querySelector('h3')).toBeNull()
    await waitUntil('the story', () => textOf(page).includes('1 working key'))
  })

  test('that could not be loaded says so, has a way back, and tries again on demand', async () => {
    let isDown = true
    const { page } = openPage('/people/person-ada', {
      ...ANSWERS,
      [PERSON]: () => (isDown ? new Response('', { status: 500 }) : BOTH),
    })
    const retry = await waitUntil('the failure', () => screen.queryByRole('button', { name: 'Try again' }))
    expect(textOf(page.querySelector('h1'))).toBe('Person')
    expect(page.querySelector('main a[href="/people"]')).not.toBeNull()
    isDown = false
    retry.click()
    await waitUntil('the person', () => textOf(page).includes('Ada Lovelace'))
  })

  test('says so when nobody is known by the address', async () => {
    const { page } = openPage('/people/nobody', ANSWERS)
    await waitUntil('the page', () => textOf(page).includes('This person is not known here'))
    expect(page.querySelector('main a[href="/people"]')).not.toBeNull()
  })
})

describe('The page of a member', () => {
  const user = wireUser()
  const users = `${PATH}/users/${user.id}`
  const open = (answers: Answers = {}) =>
    openLoadedPage(`/integrations/${ID}/members/${user.id}`, 'dl', {
      ...ANSWERS,
      [users]: user,
      [`${users}/usage`]: { items: [], nextCursor: null, asOf: AS_OF },
      '/v1/people': wirePeople(
        [wirePerson({ id: 'p-other' }), BOTH].map((each, place) =>
          place === 0 ? { ...each, memberships: [wireOtherMembership()] } : each,
        ),
      ),
      ...answers,
    })

  test('leads to the person over all organizations', async () => {
    const { page, queriesTo } = await open()
    const link = await waitUntil('the link', () => page.querySelector('main a[href="/people/person-ada"]'))
    expect(textOf(link)).toBe('Also in Acme Labs: show the person')
    expect(queriesTo('/v1/people')).toEqual([
      { q: 'ada@acme.example', integrationId: ID, accountStatus: 'any', limit: '100' },
    ])
  })

  test('does not when there is no other organization', async () => {
    const { page, queriesTo } = await open({ '/v1/integrations': { items: [wireIntegration()], nextCursor: null } })
    await waitUntil('the story', () => textOf(page).includes('Last used the API'))
    expect(page.querySelector('main a[href^="/people/"]')).toBeNull()
    expect(queriesTo('/v1/people')).toEqual([])
  })
})
