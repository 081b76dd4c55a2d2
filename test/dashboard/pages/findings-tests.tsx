import { fireEvent, screen, within } from '@testing-library/dom'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { textOf } from './read-page.ts'
import { ID, PATH, wireIntegration, wireLicenses } from './wire.ts'
import {
  companyAnswers,
  KEYS_NOT_JUDGED,
  OTHER_ID,
  wireFinding,
  wireFindings,
  wireIdleFinding,
} from './wire-company.ts'

const ACCEPTED = {
  reason: 'The batch uses it until it has moved.',
  until: '2026-12-31',
  by: { subject: 'somebody', name: 'Some Body' },
  at: '2026-11-24T12:00:00.000Z',
}
const KEYS = 'Keys whose owner is gone'
const PEOPLE = 'People without use'
const ACCEPTANCE = `/v1/findings/${wireFinding().id}/acceptance`

function answers(role: 'viewer' | 'reviewer' | 'admin' = 'viewer'): Answers {
  return { ...companyAnswers(role), '/v1/findings': wireFindings([wireFinding(), wireIdleFinding()]) }
}

const open = (address = '/findings', given: Answers = answers()) => openLoadedPage(address, 'section section', given)

function problem(status: number, fields: Readonly<Record<string, unknown>>): Response {
  return Response.json({ type: 'about:blank', title: 'Refused', status, ...fields }, { status })
}

describe('The findings', () => {
  let opened: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    opened = await open('/findings', { ...answers(), [`${PATH}/licenses`]: wireLicenses() })
  })

  test('are grouped by type and organization, with their severity in words, their evidence, cost and since when', async () => {
    const { page } = opened
    await waitUntil('the days', () => textOf(page).includes('in 60 days'))
    const keys = screen.getByRole('region', { name: KEYS })
    expect([...keys.querySelectorAll('h3')].map((each) => textOf(each))).toEqual(['Acme Europe'])
    expect([...keys.querySelectorAll('li')].map((each) => textOf(each))).toEqual([
      'HighNightly jobAna was removed on Nov 3, 2026. The key was last used on Nov 23, 2026. That was after they were removed.$12.50cost in 60 days',
    ])
    const people = screen.getByRole('region', { name: PEOPLE })
    expect([...people.querySelectorAll('h3')].map((each) => textOf(each))).toEqual(['Acme Asia'])
    expect(textOf(people.querySelector('li'))).toBe(
      'LowBoNo use since Sep 26, 2026, the first day that was read. Added on Mar 4, 2026. Last sign-in on Nov 19, 2026.',
    )
  })

  test('lead to their subject, and to where the provider lets one act', async () => {
    const { page } = opened
    const addressOf = (name: string | RegExp) => screen.getByRole('link', { name }).getAttribute('href')
    expect(page.querySelector('main nav a[href="/"]')).not.toBeNull()
    expect(addressOf('What this shows')).toBe('/help#findings')
    expect(addressOf('Nightly job')).toBe(`/integrations/${ID}/keys?q=Nightly+job`)
    // The page of the person has their accounts and keys in all organizations.
    expect(addressOf('Bo')).toBe('/people/person-bo')
    const keys = within(page.querySelector('section section') ?? page)
    const link = await waitUntil('the provider', () => keys.queryByRole('link', { name: 'Open Quill' }))
    expect(link.getAttribute('href')).toBe('https://quill.example/keys')
    expect(link.getAttribute('rel')).toBe('noreferrer')
  })

  test('have no button for a viewer', async () => {
    const { page, queriesTo } = opened
    // Asked for after who is signed in.
    await waitUntil('the provider', () => screen.queryAllByRole('link', { name: 'Open Quill' }).length > 0)
    expect(queriesTo('/v1/me')).toHaveLength(1)
    expect(page.querySelectorAll('section button')).toHaveLength(0)
  })
})

describe('Findings', () => {
  test('of a type name each organization once, whatever is to be done and however severe they are', async () => {
    const other = wireIdleFinding({ id: 'other', severity: 'medium' })
    const found = [
      wireIdleFinding({ action: { text: 'Ask their manager.', url: null } }),
      wireIdleFinding({ ...other, integrationId: ID, integrationName: 'Acme Europe' }),
      wireIdleFinding({ id: 'last', subject: { kind: 'member', id: 'cleo', label: 'Cleo', personId: 'person-cleo' } }),
    ]
    await open('/findings', { ...answers(), '/v1/findings': wireFindings(found) })
    // Asked for after the integrations.
    await waitUntil('the provider', () => screen.queryAllByRole('link', { name: 'Open Quill' }).length === 2)
    const people = screen.getByRole('region', { name: PEOPLE })
    expect([...people.querySelectorAll('h3, p:has(+ ul), li a')].map((each) => textOf(each))).toEqual([
      'Acme Asia',
      'Ask their manager.',
      'Bo',
      'Ask whether they still need access. Open Quill',
      'Cleo',
      'Acme Europe',
      'Ask whether they still need access. Open Quill',
      'Bo',
    ])
  })

  test('of the only organization do not name it', async () => {
    const only = {
      ...companyAnswers('viewer', [wireIntegration()]),
      '/v1/findings': wireFindings([wireFinding(), wireIdleFinding()]),
    }
    const { page } = await open('/findings', only)
    await waitUntil('the finding alone', () => page.querySelector('h3') === null)
    expect(textOf(page)).toContain('Find out who uses it, and delete it.')
    expect(textOf(page)).not.toContain('Oldest sync')
    expect(screen.queryByLabelText('Organization')).toBeNull()
    expect(screen.getByRole('link', { name: 'Bo' }).getAttribute('href')).toBe(
      `/integrations/${OTHER_ID}/members/user%2Fbo`,
    )
  })

  test('are filtered by what the address has, and by what is chosen', async () => {
    const opened = await open(`/findings?type=leaver_key&severity=high&state=any&integrationId=${ID}&color=red`)
    expect(opened.queriesTo('/v1/findings')).toEqual([
      { type: 'leaver_key', severity: 'high', state: 'any', integrationId: ID, limit: '100' },
    ])
    expect(textOf(opened.page)).toContain('color=red was left out')
    const chosen = await opened.queryAfter(
      () => fireEvent.change(screen.getByLabelText('State'), { target: { value: 'accepted' } }),
      '/v1/findings',
    )
    expect(chosen).toEqual({ type: 'leaver_key', severity: 'high', state: 'accepted', integrationId: ID, limit: '100' })
  })

  test('are accepted by a reviewer with a reason and a last day', async () => {
    const given = { ...answers('reviewer'), [ACCEPTANCE]: wireFinding({ state: 'accepted', accepted: ACCEPTED }) }
    const opened = await open('/findings', given)
    const accept = await waitUntil('the button', () => screen.queryByRole('button', { name: 'Accept Nightly job' }))
    accept.click()
    const form = await waitUntil('the form', () => screen.queryByRole('form', { name: 'Accept Nightly job' }))
    fireEvent.change(within(form).getByLabelText('Why is this all right?'), { target: { value: ACCEPTED.reason } })
    fireEvent.change(within(form).getByLabelText('Last day, if it ends'), { target: { value: ACCEPTED.until } })
    const listedAgain = opened.queryAfter(() => fireEvent.submit(form), '/v1/findings')
    await listedAgain
    expect(opened.sent).toEqual([{ path: ACCEPTANCE, body: { reason: ACCEPTED.reason, until: ACCEPTED.until } }])
    await waitUntil('the result', () => textOf(opened.page).includes('Accepted: Nightly job.'))
  })

  test('say at the field why an acceptance was refused, and stay open', async () => {
    const refused = problem(400, {
      code: 'validation_failed',
      detail: 'until: must not be in the past',
      errors: [{ field: 'until', message: 'must not be in the past' }],
    })
    const opened = await open('/findings', { ...answers('admin'), [ACCEPTANCE]: refused })
    const accept = await waitUntil('the button', () => screen.queryByRole('button', { name: 'Accept Nightly job' }))
    accept.click()
    const form = await waitUntil('the form', () => screen.queryByRole('form', { name: 'Accept Nightly job' }))
    fireEvent.change(within(form).getByLabelText('Why is this all right?'), { target: { value: 'x' } })
    fireEvent.change(within(form).getByLabelText('Last day, if it ends'), { target: { value: '2020-01-01' } })
    fireEvent.submit(form)
    await waitUntil('the refusal', () => textOf(form).includes('must not be in the past'))
    expect(textOf(opened.page)).not.toContain('Accepted: Nightly job.')
  })

  test('that were accepted say by whom, when, until when and why, and can be opened again', async () => {
    const accepted = wireFinding({ state: 'accepted', accepted: ACCEPTED })
    const opened = await open('/findings?state=accepted', {
      ...answers('reviewer'),
      '/v1/findings': wireFindings([accepted]),
      [ACCEPTANCE]: () => new Response(null, { status: 204 }),
    })
    expect(textOf(opened.page)).toContain(
      'Accepted by Some Body on Nov 24, 2026, until Dec 31, 2026: The batch uses it until it has moved.',
    )
    const takeBack = await waitUntil('the button', () =>
      screen.queryByRole('button', { name: 'Take back Nightly job' }),
    )
    takeBack.click()
    await waitUntil('the result', () => textOf(opened.page).includes('Open again: Nightly job.'))
    expect(opened.queriesTo(ACCEPTANCE)).toHaveLength(1)
  })

  test('that could not be judged are named with the reason', async () => {
    const given = { ...answers(), '/v1/findings': wireFindings([wireFinding()], { notJudged: [KEYS_NOT_JUDGED] }) }
    const { page } = await open('/findings', given)
    expect(textOf(page)).toContain(
      'Acme Asia: without keys (the key may not read that), these are unknown: keys whose owner is gone, keys without an owner, keys that nobody uses and keys that never expire.',
    )
  })

  test('come page by page', async () => {
    const opened = await open('/findings', {
      ...answers(),
      '/v1/findings': ({ cursor }: { cursor?: string }) =>
        cursor === undefined
          ? wireFindings([wireFinding()], { nextCursor: 'next', total: 2 })
          : wireFindings([wireIdleFinding()], { total: 2 }),
    })
    expect(textOf(opened.page)).toContain('2 findings')
    screen.getByRole('button', { name: 'Show more findings' }).click()
    await waitUntil('the next page', () => textOf(opened.page).includes(PEOPLE))
  })

  test.each([
    ['/findings', wireFindings([]), 'Nothing needs a look'],
    ['/findings?severity=low', wireFindings([]), 'No finding matches'],
    ['/findings', wireFindings([], { oldestSyncedAt: null }), 'Nothing to show yet'],
  ])('at %s without any say why: %#', async (address, findings, words) => {
    const { page } = openPage(address, { ...answers(), '/v1/findings': findings })
    await waitUntil('the reason', () => textOf(page).includes(words))
  })

  test('that could not be loaded are requested again on demand', async () => {
    let isDown = true
    const list = () => (isDown ? new Response('', { status: 500 }) : wireFindings([wireFinding()]))
    const { page } = openPage('/findings', { ...answers(), '/v1/findings': list })
    const retry = await waitUntil('the failure', () => screen.queryByRole('button', { name: 'Try again' }))
    isDown = false
    retry.click()
    await waitUntil('the finding', () => textOf(page).includes('Nightly job'))
  })
})
