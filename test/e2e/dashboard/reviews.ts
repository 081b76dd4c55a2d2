import assert from 'node:assert/strict'
import type { WireReviewItem } from '../../../shared/contracts/review-items-contract.ts'
import { openPage, settled, type WatchedPage } from './browser.ts'
import { enter, hasFocus, type } from './keyboard.ts'
import { provesItself } from './review-proof.ts'
import { callAs, decidesByKeyboard, itemsOf, reviewCalled, syncs, type Plan } from './review-work.ts'
import type { Stage } from './stage.ts'
import { TOKENS } from './viewer.ts'

export const NAME = 'Access, fourth quarter'
export const OPEN_NAME = 'Keys, fourth quarter'
const ENOUGH_ITEMS = 200
/** On one machine the name of the role stands for the address: this account is the reviewer's own. */
const REVIEWER = { id: 'user-reviewer', name: 'Zora Zimt', email: 'reviewer', role: 'reader' }
const NEWCOMER = { id: 'user-newcomer', name: 'Nils Neu', email: 'nils.neu@northwind.example', role: 'reader' }
/** 2026-01-01 in seconds, as the provider states it. */
const ADDED_AT = 1_767_225_600

/** A reviewer creates a review. What happens in the organization afterwards does not change it. */
export async function createsAReview(stage: Stage): Promise<void> {
  const { url, openai } = stage
  openai.company.add({ ...REVIEWER, added_at: ADDED_AT })
  await syncs(stage)
  const { page, leave } = await signsIn(stage, '/')
  await enter(page, page.getByRole('link', { name: 'Reviews', exact: true }))
  await enter(page, page.getByRole('link', { name: 'New review' }))
  await type(page, page.getByLabel('Name'), NAME)
  await page.getByLabel('Due day, if it has one').fill('2099-12-31')
  await enter(page, page.getByRole('button', { name: 'Create the review' }))
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor()
  const before = await itemsOf(stage, await reviewCalled(stage, NAME))
  assert.ok(before.length >= ENOUGH_ITEMS, `${before.length} items are too few to tell how long 200 take.`)
  const { gone } = castOf(before)
  openai.company.remove(gone.subject.id)
  openai.company.add({ ...NEWCOMER, added_at: ADDED_AT })
  await syncs(stage)
  await page.reload()
  await page.getByText(`0 of ${before.length} decided`).waitFor()
  assert.deepEqual(await itemsOf(stage, await reviewCalled(stage, NAME)), before)
  await page.goto(url)
  await page.getByText(`0 of ${before.length} decided, due on Dec 31, 2099`).waitFor()
  await leave()
}

/** The reviewer decides on everybody by keyboard. Their own access is refused, told, and left for somebody else. */
export async function decidesOnEverybody(stage: Stage): Promise<void> {
  const review = await reviewCalled(stage, NAME)
  const items = await itemsOf(stage, review)
  const { gone, removed, staying, excepted } = castOf(items)
  const { page, leave } = await signsIn(stage, `/reviews/${review.id}`)
  await page.locator('[role=row][tabindex="0"]').focus()
  const plan: Plan = new Map<string, 'remove' | { exception: string }>([
    ...[gone, removed, staying].map(({ subject }) => [subject.label, 'remove'] as const),
    [excepted.subject.label, { exception: 'Runs the nightly batch.' }],
  ])
  const keystrokes = await decidesByKeyboard(page, plan, items.length)
  stage.say(`${items.length} decisions in ${keystrokes} keystrokes, at most 2 each`)
  await page.getByText(`Not saved: keep ${REVIEWER.name}`).waitFor()
  await page.getByText('Nobody decides on their own access').waitFor()
  await page.getByText(`${items.length - 1} of ${items.length} decided`).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Complete the review' }).count(), 0)
  assert.ok(await hasFocus(page.locator('[role=row][tabindex="0"]')), 'Deciding loses the focus.')
  await leave()
}

/** A colleague decides on the reviewer; the review is completed and proves itself. One removal is carried out and found, one is not. */
export async function completesAndFollowsUp(stage: Stage): Promise<void> {
  const { url, openai } = stage
  const review = await reviewCalled(stage, NAME)
  const items = await itemsOf(stage, review)
  const { gone, removed, staying } = castOf(items)
  const [own, ...others] = items.filter(({ decision }) => decision === null)
  assert.deepEqual([own?.subject.id, others], [REVIEWER.id, []])
  const path = `/reviews/${review.id}/decisions`
  const { status } = await callAs(stage, 'admin', {
    method: 'POST',
    path,
    body: { itemIds: [own?.id], decision: 'keep' },
  })
  assert.equal(status, 200)
  const { page, leave } = await signsIn(stage, `/reviews/${review.id}`)
  await enter(page, page.getByRole('button', { name: 'Complete the review' }))
  await enter(page, page.getByRole('button', { name: 'Complete and sign' }))
  await page.getByRole('heading', { name: 'Proof' }).waitFor()
  const { decisions } = await provesItself({ page })
  assert.equal(decisions.items.filter(({ value }) => value === 'remove').length, 3)
  openai.company.remove(removed.subject.id)
  await syncs(stage)
  await page.reload()
  const figures = page.getByRole('region', { name: 'Removals' })
  await figures.getByText('the 3 removals').waitFor()
  await enter(page, figures.getByRole('link', { name: '1', exact: true }))
  await page.waitForURL(/outcome=pending/)
  await page.getByRole('row').filter({ hasText: staying.subject.label }).getByText('Not done yet').waitFor()
  await page.goto(`${url}/reviews/${review.id}?outcome=done`)
  for (const { subject } of [gone, removed])
    await page.getByRole('row').filter({ hasText: subject.label }).getByText('Done').waitFor()
  await page.getByText(/^Removal: .*sync of/).waitFor()
  await leave()
}

/** A review is left open, for those who only read. */
export async function leavesAReviewOpen(stage: Stage): Promise<void> {
  const { page, leave } = await signsIn(stage, '/reviews/new')
  await type(page, page.getByLabel('Name'), OPEN_NAME)
  await page.getByRole('radio', { name: /^Keys/ }).check()
  await enter(page, page.getByRole('button', { name: 'Create the review' }))
  await page.getByRole('heading', { name: OPEN_NAME, level: 1 }).waitFor()
  await leave()
}

/** Opens a page as the reviewer. */
async function signsIn(
  { browser, url }: Stage,
  path: string,
): Promise<Pick<WatchedPage, 'page'> & { readonly leave: () => Promise<void> }> {
  const { page, troubles, close } = await openPage(browser, { url: url + path, reducedMotion: 'reduce' })
  await type(page, page.getByLabel('Token', { exact: true }), TOKENS[1].token)
  await enter(page, page.getByRole('button', { name: 'Open the dashboard' }))
  await settled(page)
  const leave = async () => {
    // The browser itself reports these answers: without a token at first, and about the reviewer's own access.
    assert.deepEqual(
      troubles.filter((trouble) => !/40(1 \(Unauthorized|9 \(Conflict)\)/.test(trouble)),
      [],
    )
    await close()
  }
  return { page, leave }
}

/** Four people whom nobody shares a name with: who is removed before the review ends, after it, never, and who stays as an exception. */
function castOf(items: readonly WireReviewItem[]) {
  const isOrdinary = (item: WireReviewItem) =>
    item.kind === 'member' &&
    item.evidence.role === 'reader' &&
    item.evidence.accountStatus === 'active' &&
    item.subject.id !== REVIEWER.id &&
    items.filter(({ subject }) => subject.label === item.subject.label).length === 1
  const [gone, removed, staying, excepted] = items.filter(isOrdinary)
  assert.ok(gone !== undefined && removed !== undefined && staying !== undefined && excepted !== undefined)
  return { gone, removed, staying, excepted }
}
