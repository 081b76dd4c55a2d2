import { fireEvent, screen, within } from '@testing-library/dom'
import { describe, expect, test } from '@jest/globals'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { ID, wireIntegration } from './wire.ts'
import { companyAnswers, OTHER_ID, wireFindings, wireOverview } from './wire-company.ts'
import {
  completedReview,
  decided,
  keyItem,
  memberItem,
  progress,
  REVIEW_ID,
  REVIEW_PATH,
  wireItems,
  wireReview,
} from './wire-reviews.ts'

const LIST = '/v1/reviews'

function answers(role: 'viewer' | 'reviewer' | 'admin', reviews = [wireReview()]): Answers {
  return { ...companyAnswers(role), [LIST]: { items: reviews, nextCursor: null } }
}

function problem(status: number, fields: Readonly<Record<string, unknown>>): Response {
  return Response.json({ type: 'about:blank', title: 'Refused', status, ...fields }, { status })
}

async function openForm(given: Answers) {
  const opened = openPage('/reviews/new', { ...companyAnswers('reviewer'), ...given })
  const form = await waitUntil('the form', () => screen.queryByRole('form', { name: 'New review' }))
  fireEvent.change(within(form).getByLabelText('Name'), { target: { value: 'Access' } })
  return { ...opened, form }
}

describe('The reviews', () => {
  test('are listed with what they are about, their due day, progress and state', async () => {
    const late = wireReview({ dueOn: '2026-01-31', progress: progress(200, { keep: 10, remove: 2 }) })
    const done = completedReview({ id: 'done', name: 'Keys', population: 'keys', dueOn: null })
    const { page } = await openLoadedPage('/reviews', 'table', answers('viewer', [late, done]))
    const rows = rowsOf(page.querySelector('table') ?? page).map((row) =>
      Object.fromEntries(Object.entries(row).map(([head, cell]) => [head, textOf(cell)])),
    )
    expect(rows).toEqual([
      {
        Review: 'Access, fourth quarterCreated Nov 24, 2026 by bo@acme.example',
        'Who or what': 'Everybody',
        Organizations: 'Acme Europe, Acme Asia',
        'Due (UTC)': 'Due Jan 31, 2026 Overdue',
        Progress: '12 of 200 decided',
        State: 'Open',
      },
      {
        Review: 'KeysCreated Nov 24, 2026 by bo@acme.example',
        'Who or what': 'Keys',
        Organizations: 'Acme Europe, Acme Asia',
        'Due (UTC)': 'Due –',
        Progress: '3 of 3 decided1 of 2 removals done',
        State: 'CompletedNov 25, 2026',
      },
    ])
    expect(screen.getByRole('link', { name: 'Access, fourth quarter' }).getAttribute('href')).toBe(
      `/reviews/${REVIEW_ID}`,
    )
  })

  test('can be created by reviewers only', async () => {
    await openLoadedPage('/reviews', 'table', answers('reviewer'))
    const link = await waitUntil('the button', () => screen.queryByRole('link', { name: 'New review' }))
    expect(link.getAttribute('href')).toBe('/reviews/new')
    const { queriesTo } = await openLoadedPage('/reviews', 'table', answers('viewer'))
    await waitUntil('the role', () => queriesTo('/v1/me').length > 0)
    expect(screen.queryByRole('link', { name: 'New review' })).toBeNull()
    openPage('/reviews/new', answers('viewer'))
    await waitUntil('the reason', () => screen.queryByText('Only reviewers can create a review'))
  })

  test.each([
    [companyAnswers('viewer'), 'There is no review yet'],
    [companyAnswers('viewer', []), 'No organization is connected yet'],
  ])('without any say why: %#', async (given, words) => {
    const { page } = openPage('/reviews', { ...given, [LIST]: { items: [], nextCursor: null } })
    await waitUntil('the reason', () => textOf(page).includes(words))
  })

  test('that could not be loaded are requested again on demand', async () => {
    let isDown = true
    const { page } = openPage('/reviews', {
      ...companyAnswers(),
      [LIST]: () => (isDown ? new Response('', { status: 500 }) : { items: [wireReview()], nextCursor: null }),
    })
    const retry = await waitUntil('the failure', () => screen.queryByRole('button', { name: 'Try again' }))
    isDown = false
    retry.click()
    await waitUntil('the review', () => textOf(page).includes('Access, fourth quarter'))
  })
})

describe('A new review', () => {
  test('has a name, a population, all organizations but those left out, and a due day', async () => {
    const { form, sent } = await openForm({ [LIST]: wireReview(), [REVIEW_PATH]: wireReview() })
    within(form)
      .getByRole('radio', { name: /^Guests/ })
      .click()
    within(form).getByRole('checkbox', { name: 'Acme Asia' }).click()
    fireEvent.change(within(form).getByLabelText('Due day, if it has one'), { target: { value: '2026-12-31' } })
    fireEvent.submit(form)
    await waitUntil('the review', () => screen.queryByRole('heading', { name: 'Access, fourth quarter', level: 1 }))
    expect(sent).toEqual([
      {
        path: LIST,
        body: {
          name: 'Access',
          population: 'guests',
          integrationIds: [ID],
          dueOn: '2026-12-31',
          acceptIncomplete: false,
        },
      },
    ])
  })

  test('on incomplete data says what is missing, and is created anyway only on demand', async () => {
    const refused = problem(409, {
      code: 'data_incomplete',
      detail: 'Data that the review needs are not whole and current.',
      errors: [{ field: 'integrationIds', message: 'Acme Asia: usage is stale' }],
    })
    let isAccepted = false
    const { form, page, sent } = await openForm({
      [LIST]: () => (isAccepted ? wireReview() : refused.clone()),
      [REVIEW_PATH]: wireReview(),
    })
    fireEvent.submit(form)
    const anyway = await waitUntil('the offer', () => screen.queryByRole('button', { name: 'Create it anyway' }))
    expect(textOf(screen.getByRole('alert'))).toContain('Acme Asia: usage is stale')
    isAccepted = true
    anyway.click()
    await waitUntil('the review', () => textOf(page).includes('Everybody in Acme Europe, Acme Asia'))
    expect(sent.map(({ body }) => body)).toMatchObject([{ acceptIncomplete: false }, { acceptIncomplete: true }])
  })

  test('says at the field what was refused', async () => {
    const refused = problem(400, {
      code: 'validation_failed',
      detail: 'name: looks like a key',
      errors: [{ field: 'name', message: 'looks like a key' }],
    })
    const { form } = await openForm({ [LIST]: refused })
    fireEvent.submit(form)
    await waitUntil('the refusal', () => textOf(form).includes('looks like a key'))
    expect(within(form).queryByRole('alert')).toBeNull()
  })

  test('in one organization does not ask for organizations', async () => {
    const { form } = await openForm(companyAnswers('reviewer', [wireIntegration()]))
    expect(within(form).queryByRole('checkbox')).toBeNull()
  })
})

describe('The overview', () => {
  const given = { ...companyAnswers(), '/v1/overview': wireOverview(), '/v1/findings': wireFindings([]) }

  test('says how far the open review is that is due first', async () => {
    const reviews = [
      wireReview({ id: 'later', name: 'Keys', dueOn: null }),
      wireReview({ dueOn: '2026-12-31', progress: progress(200, { keep: 12 }) }),
      completedReview({ id: 'done' }),
    ]
    const { page } = openPage('/', { ...given, [LIST]: { items: reviews, nextCursor: null } })
    await waitUntil('the sentence', () =>
      textOf(page).includes(
        'Access, fourth quarter: 12 of 200 decided, due on Dec 31, 2026 (UTC). 1 more review is open.',
      ),
    )
    const link = screen.getByRole('link', { name: 'Access, fourth quarter' })
    expect(link.getAttribute('href')).toBe(`/reviews/${REVIEW_ID}`)
  })

  test('says nothing when none is open', async () => {
    const { page, queriesTo } = await openLoadedPage('/', 'section ol', {
      ...given,
      [LIST]: { items: [completedReview()], nextCursor: null },
    })
    await waitUntil('the reviews', () => queriesTo(LIST).length > 0)
    expect(textOf(page)).not.toContain('decided')
  })
})

describe('A review on paper', () => {
  test('has a summary and all items, however many pages they take', async () => {
    const ada = memberItem('Ada', { decision: decided('exception', { note: 'Runs the batch.' }) })
    const bo = memberItem('Bo', {
      integrationId: OTHER_ID,
      decision: decided('remove'),
      outcome: { state: 'done', syncId: 'sync', at: '2026-11-26T12:00:00.000Z' },
    })
    const { page } = await openLoadedPage(`/reviews/${REVIEW_ID}/print`, 'table', {
      ...companyAnswers(),
      [REVIEW_PATH]: completedReview(),
      [`${REVIEW_PATH}/items`]: ({ cursor }: { cursor?: string }) =>
        cursor === undefined ? wireItems([ada, bo], 3, 'next') : wireItems([keyItem()], 3),
    })
    expect(textOf(page)).toContain('Decisions3 of 3 decided: 1 keep, 2 remove, 0 as an exception')
    expect(textOf(page)).toContain(`Hash of the decisions${'cd'.repeat(32)}`)
    const rows = [...page.querySelectorAll('tbody tr')].map((row) => textOf(row))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toContain('Exceptionsomebody@acme.example, Nov 24, 2026: Runs the batch.')
    expect(rows[1]).toContain('Bobo@acme.exampleAcme Europereader, memberNov 20, 2026$12.50Unchanged')
    expect(rows[1]).toContain('DoneNov 26, 2026')
    expect(rows[2]).toContain('Nightly job…WXYZ, Search')
  })
})
