import { fireEvent, screen, within } from '@testing-library/dom'
import { describe, expect, test } from '@jest/globals'
import type { WireReviewItem } from '../../../shared/contracts/review-items-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, openPage, type Answers } from './open-page.tsx'
import { sectionCalled, termsIn, textOf } from './read-page.ts'
import { companyAnswers } from './wire-company.ts'
import {
  completedReview,
  decided,
  keyItem,
  ME,
  memberItem,
  OTHER_REVIEWER,
  progress,
  REVIEW_ID,
  REVIEW_PATH,
  wireItems,
  wireReview,
} from './wire-reviews.ts'

const ITEMS = `${REVIEW_PATH}/items`
const DECISIONS = `${REVIEW_PATH}/decisions`
const ADDRESS = `/reviews/${REVIEW_ID}`
const THREE = [memberItem('Ada'), memberItem('Bo'), memberItem('Cleo')]

function answersWith(
  given: Answers = {},
  items: readonly WireReviewItem[] = THREE,
  role: 'viewer' | 'reviewer' = 'reviewer',
): Answers {
  return { ...companyAnswers(role), [REVIEW_PATH]: wireReview(), [ITEMS]: wireItems(items), ...given }
}

function problem(code: string, detail: string, fields: Readonly<Record<string, unknown>> = {}): Response {
  const body = { type: 'about:blank', title: 'Refused', status: 409, code, detail, ...fields }
  return Response.json(body, { status: 409 })
}

/** Opens the review, and puts the focus on its current item. */
async function open(given: Answers = answersWith(), address = ADDRESS) {
  const opened = await openLoadedPage(address, '[role=gridcell]', given)
  const rows = () => screen.getAllByRole('row')
  const current = () => opened.page.querySelector<HTMLElement>('[role=row][tabindex="0"]') ?? opened.page
  current().focus()
  return {
    ...opened,
    rows,
    current,
    /** Presses a key where the focus is. */
    press: (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key }),
    /** The bodies of the decisions sent so far. */
    decisions: () => opened.sent.filter(({ path }) => path === DECISIONS).map(({ body }) => body),
  }
}

const mayDecide = () => waitUntil('the buttons', () => screen.queryByRole('group', { name: 'Decide' }))

/** Answers each decision with one of the reviewer's. */
const accepting = () => ({ review: wireReview(), decision: decided('keep') })

describe('The items of a review', () => {
  test('show the evidence of the current one', async () => {
    const { page, press } = await open(
      answersWith({}, [memberItem('Ada', { evidence: { change: 'role_changed' } }), keyItem()]),
    )
    const panel = sectionCalled(page, 'Ada')
    expect(termsIn(panel)).toMatchObject({
      Change: ['Role changed'],
      Organization: ['Acme Europe'],
      Email: ['ada@acme.example'],
      Role: ['reader'],
      Seat: ['Member, because their email is on one of the company’s domains.'],
      Requests: ['71'],
      Cost: ['$12.50'],
      'Working keys': ['2'],
      Department: ['Research'],
      Manager: ['Grace'],
    })
    expect(termsIn(panel)['Last activity']?.[0]).toMatch(/^Nov 20, 2026 \(.*\): requests$/)
    press('j')
    await waitUntil('the key', () => textOf(page).includes('2 of 2'))
    expect(termsIn(sectionCalled(page, 'Nightly job'))).toMatchObject({
      Change: ['New'],
      Owner: ['Ada Lovelace'],
      Project: ['Search'],
      'Last used': [expect.stringContaining('Nov 23, 2026')],
    })
  })

  test('are filtered by what the address has, and by what is chosen', async () => {
    const opened = await open(answersWith(), `${ADDRESS}?decision=undecided&change=new&color=red`)
    expect(opened.queriesTo(ITEMS)).toEqual([{ decision: 'undecided', change: 'new', limit: '100' }])
    expect(textOf(opened.page)).toContain('color=red was left out')
    const chosen = await opened.queryAfter(
      () => fireEvent.change(screen.getByLabelText('Decision'), { target: { value: 'remove' } }),
      ITEMS,
    )
    expect(chosen).toEqual({ decision: 'remove', change: 'new', limit: '100' })
  })

  test('of which none is undecided any more say so', async () => {
    const { page } = openPage(`${ADDRESS}?decision=undecided`, answersWith({}, []))
    await waitUntil('the reason', () => textOf(page).includes('Everything is decided'))
  })
})

describe('Deciding by key', () => {
  test('sends the decision in the background and goes to the next undecided item', async () => {
    const answer = Promise.withResolvers<unknown>()
    const items = [memberItem('Ada'), memberItem('Bo', { decision: decided('keep') }), memberItem('Cleo')]
    const { press, rows, current, decisions } = await open(answersWith({ [DECISIONS]: () => answer.promise }, items))
    await mayDecide()
    press('k')
    await waitUntil('the next item', () => textOf(current()).includes('Cleo'))
    expect(document.activeElement).toBe(current())
    expect(textOf(rows()[0])).toContain('KeepSaving…')
    expect(decisions()).toEqual([{ itemIds: ['item-ada'], decision: 'keep', note: null }])
    answer.resolve({ review: wireReview({ progress: progress(3, { keep: 2 }) }), decision: decided('keep') })
    await waitUntil('the acknowledgement', () => textOf(rows()[0]).includes(ME.email))
    await waitUntil('the progress', () => textOf(document.body).includes('2 of 3 decided'))
  })

  test('an exception asks for its note, and Enter saves it', async () => {
    const { page, press, current, decisions } = await open(answersWith({ [DECISIONS]: accepting }))
    await mayDecide()
    press('e')
    const note = await waitUntil('the note', () => screen.queryByLabelText('Why do they keep what they have?'))
    expect(document.activeElement).toBe(note)
    // While somebody types, keys mean what they write.
    press('r')
    fireEvent.change(note, { target: { value: 'Runs the batch.' } })
    fireEvent.submit(note)
    await waitUntil('the next item', () => textOf(current()).includes('Bo'))
    expect(document.activeElement).toBe(current())
    expect(decisions()).toEqual([{ itemIds: ['item-ada'], decision: 'exception', note: 'Runs the batch.' }])
    expect(page.querySelector('form')).toBeNull()
  })

  test('a note on an undecided item goes with its decision; Escape leaves it', async () => {
    const { press, current, decisions } = await open(answersWith({ [DECISIONS]: accepting }))
    await mayDecide()
    press('n')
    const left = await waitUntil('the note', () => screen.queryByLabelText('Note on Ada'))
    fireEvent.keyDown(left, { key: 'Escape' })
    await waitUntil('the item', () => document.activeElement === current())
    press('n')
    const note = await waitUntil('the note', () => screen.queryByLabelText('Note on Ada'))
    fireEvent.change(note, { target: { value: 'Left in May.' } })
    fireEvent.submit(note)
    await waitUntil('the item', () => document.activeElement === current())
    expect(decisions()).toEqual([])
    press('r')
    await waitUntil('the decision', () => decisions().length > 0)
    expect(decisions()).toEqual([{ itemIds: ['item-ada'], decision: 'remove', note: 'Left in May.' }])
  })

  test('is undone by deciding otherwise', async () => {
    const { press, current, decisions } = await open(answersWith({ [DECISIONS]: accepting }))
    await mayDecide()
    press('k')
    await waitUntil('the next item', () => textOf(current()).includes('Bo'))
    press('ArrowUp')
    await waitUntil('the item before', () => textOf(current()).includes('Ada'))
    press('r')
    await waitUntil('both', () => decisions().length === 2)
    expect(decisions()).toEqual([
      { itemIds: ['item-ada'], decision: 'keep', note: null },
      { itemIds: ['item-ada'], decision: 'remove', note: null },
    ])
  })

  test('what was refused is given back, with the reason', async () => {
    const errors = [{ field: 'itemIds.0', message: 'is your own access' }]
    const refused = problem('own_access', 'Nobody decides on their own access.', { errors })
    const { page, press, rows, current } = await open(answersWith({ [DECISIONS]: () => refused.clone() }))
    await mayDecide()
    press('k')
    const alert = await waitUntil('the refusal', () => screen.queryByText('Not saved: keep Ada'))
    expect(textOf(alert.closest('[role=alert]'))).toContain('Nobody decides on their own access.')
    expect(textOf(rows()[0])).toContain('Own access')
    expect(textOf(current())).toContain('Bo')
    expect(textOf(page)).toContain('0 of 3 decided')
  })

  test('by somebody else later is told', async () => {
    let later: WireReviewItem['decision'] = null
    const { page, press, rows } = await open({
      ...answersWith({ [DECISIONS]: () => ({ review: wireReview(), decision: decided('keep') }) }),
      [ITEMS]: () => wireItems([memberItem('Ada', { decision: later }), memberItem('Bo')]),
    })
    await mayDecide()
    press('k')
    await waitUntil('the acknowledgement', () => textOf(rows()[0]).includes(ME.email))
    later = decided('remove', { by: OTHER_REVIEWER, at: '2026-11-24T14:00:00.000Z' })
    fireEvent.change(screen.getByLabelText('Decision'), { target: { value: 'remove' } })
    await waitUntil('the other decision', () => textOf(rows()[0]).includes(`RemoveChanged by ${OTHER_REVIEWER.email}`))
    rows()[0]?.click()
    await waitUntil('the words', () => textOf(page).includes('Decided after you did. The last decision stands.'))
  })

  test('in a review that somebody else completed meanwhile saves nothing, and says so', async () => {
    let review = wireReview()
    const { page, press } = await open({
      ...answersWith({ [DECISIONS]: () => problem('review_completed', 'The review is completed.') }),
      [REVIEW_PATH]: () => review,
    })
    await mayDecide()
    review = completedReview()
    press('k')
    await waitUntil('the notice', () => textOf(page).includes(`${OTHER_REVIEWER.email} has completed this review`))
    expect(textOf(page)).toContain('Not saved: keep Ada')
    expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull()
    await waitUntil('no more buttons', () => screen.queryByRole('group', { name: 'Decide' }) === null)
  })

  test('is not possible for viewers', async () => {
    const { press, current, decisions, queriesTo } = await open(answersWith({}, THREE, 'viewer'))
    await waitUntil('the role', () => queriesTo('/v1/me').length > 0)
    press('k')
    press('j')
    await waitUntil('the next item', () => textOf(current()).includes('Bo'))
    expect(decisions()).toEqual([])
    expect(current().hasAttribute('aria-selected')).toBe(false)
    expect(screen.queryByRole('button', { name: 'Delete the review' })).toBeNull()
  })
})

describe('Deciding on many', () => {
  test('selects all that match, on all pages, and decides with one action', async () => {
    const page = ({ cursor }: { cursor?: string }) =>
      cursor === undefined ? wireItems(THREE.slice(0, 2), 3, 'next') : wireItems(THREE.slice(2), 3)
    const { decisions } = await open(answersWith({ [DECISIONS]: accepting, [ITEMS]: page }))
    const select = await waitUntil('the button', () => screen.queryByRole('button', { name: 'Select all 3 shown' }))
    select.click()
    const keep = await waitUntil('the action', () => screen.queryByRole('button', { name: 'Keep all selected' }))
    expect(textOf(keep.parentElement)).toContain('3 items selected')
    keep.click()
    await waitUntil('the decision', () => decisions().length > 0)
    expect(decisions()).toEqual([{ itemIds: ['item-ada', 'item-bo', 'item-cleo'], decision: 'keep', note: null }])
  })

  test('selects single items by key', async () => {
    const { press, decisions } = await open(answersWith({ [DECISIONS]: accepting }))
    await mayDecide()
    press('x')
    press('j')
    await waitUntil('the selection', () => screen.queryByText('1 item selected:'))
    press('x')
    const remove = await waitUntil('the action', () => screen.queryByText('2 items selected:'))
    within(remove.parentElement ?? remove)
      .getByRole('button', { name: 'Remove all selected' })
      .click()
    await waitUntil('the decision', () => decisions().length > 0)
    expect(decisions()).toEqual([{ itemIds: ['item-ada', 'item-bo'], decision: 'remove', note: null }])
  })
})

describe('The end of a review', () => {
  const all = progress(3, { keep: 1, remove: 2 })

  test('is offered when everything is decided, says what it means, and happens at the second press', async () => {
    let review = wireReview({ progress: all })
    const { page, queriesTo } = await open({
      ...answersWith(),
      [REVIEW_PATH]: () => review,
      [`${REVIEW_PATH}/completion`]: () => (review = completedReview()),
    })
    const complete = await waitUntil('the button', () => screen.queryByRole('button', { name: 'Complete the review' }))
    expect(textOf(sectionCalled(page, 'Everything is decided'))).toContain('become final and are signed')
    complete.click()
    const sign = await waitUntil('the second', () => screen.queryByRole('button', { name: 'Complete and sign' }))
    expect(queriesTo(`${REVIEW_PATH}/completion`)).toHaveLength(0)
    sign.click()
    await waitUntil('the proof', () => textOf(page).includes('Proof'))
  })

  test('is not offered before', async () => {
    const { page } = await open()
    await mayDecide()
    expect(textOf(page)).not.toContain('Complete the review')
  })

  test('shows hashes, key, signature and what became of the removals', async () => {
    const done = { state: 'done', syncId: 'sync', at: '2026-11-26T12:00:00.000Z' } as const
    const items = [memberItem('Ada', { decision: decided('remove'), outcome: done })]
    const { page } = await open(answersWith({ [REVIEW_PATH]: completedReview() }, items))
    const proof = sectionCalled(page, 'Proof')
    expect(termsIn(proof)).toMatchObject({
      'Evidence (SHA-256)': ['abababababab…Copy the hash of the evidence'],
      'Decisions (SHA-256)': ['cdcdcdcdcdcd…Copy the hash of the decisions'],
      'Signed with the key': ['signing-key-1'],
      'Kept until': ['Dec 30, 2027 (UTC)'],
    })
    const removals = sectionCalled(page, 'Removals')
    expect(termsIn(removals)).toMatchObject({ Done: [expect.stringMatching(/^1/), expect.anything()] })
    const pending = [...removals.querySelectorAll('a')].map((link) => link.getAttribute('href'))
    expect(pending).toContain(`${ADDRESS}?outcome=pending`)
    expect(textOf(sectionCalled(page, 'Ada'))).toContain('Removal: Done')
    expect(textOf(sectionCalled(page, 'Ada'))).toMatch(/sync of Acme Europe on Nov 26, 2026/)
  })

  test('that was interrupted can be finished', async () => {
    const { queriesTo } = await open({
      ...answersWith({ [REVIEW_PATH]: wireReview({ state: 'completing', progress: all }) }),
      [`${REVIEW_PATH}/completion`]: completedReview(),
    })
    const finish = await waitUntil('the button', () => screen.queryByRole('button', { name: 'Finish the completion' }))
    finish.click()
    await waitUntil('the call', () => queriesTo(`${REVIEW_PATH}/completion`).length > 0)
  })

  test('can be its deletion, while it is open', async () => {
    const { page, queriesTo } = await open({
      ...answersWith(),
      '/v1/reviews': { items: [], nextCursor: null },
    })
    const remove = await waitUntil('the button', () => screen.queryByRole('button', { name: 'Delete the review' }))
    remove.click()
    const sure = await waitUntil('the second', () => screen.queryByRole('button', { name: 'Delete it' }))
    expect(queriesTo(REVIEW_PATH)).toHaveLength(1)
    sure.click()
    await waitUntil('the call', () => queriesTo(REVIEW_PATH).length === 2)
    expect(textOf(page)).toContain('Delete')
  })
})

test('A review that is not there leads to the others', async () => {
  const { page } = openPage('/reviews/nope', companyAnswers())
  await waitUntil('the reason', () => textOf(page).includes('This review is not there'))
})

test('A review on incomplete data names what was accepted', async () => {
  const incomplete = [{ integrationId: 'x', integrationName: 'Acme Asia', dataSet: 'usage', state: 'stale' }]
  const { page } = await open(answersWith({ [REVIEW_PATH]: wireReview({ incomplete }) }))
  expect(textOf(page)).toContain('Acme Asia: usage (older than two schedules)')
})
