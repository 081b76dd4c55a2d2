import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { openPage, settled } from './browser.ts'
import { callAs, itemsOf, reviewCalled } from './review-work.ts'
import { NAME, OPEN_NAME } from './reviews.ts'
import type { Stage } from './stage.ts'
import { reachesEverything } from './tab-walk.ts'

const CONTROLS = ['New review', 'Keep', 'Select all', 'Delete the review', 'Complete the review']

export async function openReviewPath(stage: Stage): Promise<string> {
  return `/reviews/${(await reviewCalled(stage, OPEN_NAME)).id}`
}

export async function completedReviewPath(stage: Stage): Promise<string> {
  return `/reviews/${(await reviewCalled(stage, NAME)).id}`
}

/** A viewer, let in already, sees reviews and nothing that decides; the API refuses them as well. */
export async function showsViewersReviewsOnly(stage: Stage): Promise<void> {
  const { page, url } = stage
  for (const path of ['/reviews', await openReviewPath(stage), await completedReviewPath(stage)]) {
    await page.goto(url + path)
    await settled(page)
    for (const name of CONTROLS)
      assert.equal(await controlsCalled(page, name), 0, `A viewer sees “${name}” on ${path}.`)
  }
  await page.goto(`${url}/reviews/new`)
  await page.getByText('Only reviewers can create a review').waitFor()
  const { id } = await reviewCalled(stage, OPEN_NAME)
  const [item] = await itemsOf(stage, { id })
  const calls = [
    { method: 'POST', path: `/reviews/${id}/decisions`, body: { itemIds: [item?.id], decision: 'keep' } },
    { method: 'POST', path: `/reviews/${id}/completion` },
    { method: 'DELETE', path: `/reviews/${id}` },
    { method: 'POST', path: '/reviews', body: { name: 'Mine', population: 'owners' } },
  ]
  for (const call of calls) {
    const { status } = await callAs(stage, 'viewer', call)
    assert.equal(status, 403, `A viewer may ${call.method} ${call.path}.`)
  }
}

/** What can be used on the pages of reviews can be reached and seen with the Tab key. */
export async function reviewsByKeyboard(stage: Stage): Promise<void> {
  const { browser, url } = stage
  const { page, troubles, close } = await openPage(browser, { url, reducedMotion: 'reduce' })
  const completed = await completedReviewPath(stage)
  for (const path of ['/reviews', '/reviews/new', await openReviewPath(stage), completed, `${completed}/print`]) {
    await page.goto(url + path)
    await settled(page)
    await reachesEverything(page)
  }
  assert.deepEqual(troubles, [])
  await close()
}

/** The paper has every item, and no navigation. */
export async function printsAReview(stage: Stage): Promise<void> {
  const { browser, url } = stage
  const items = await itemsOf(stage, await reviewCalled(stage, NAME))
  const { page, troubles, close } = await openPage(browser, { url: `${url}${await completedReviewPath(stage)}/print` })
  await settled(page)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  assert.equal(await page.locator('tbody tr').count(), items.length)
  assert.ok(!(await page.locator('header').isVisible()), 'The navigation is printed.')
  assert.ok(!(await page.getByRole('button', { name: 'Print' }).isVisible()), 'The button is printed.')
  assert.deepEqual(troubles, [])
  await close()
}

async function controlsCalled(page: Page, name: string): Promise<number> {
  return page.getByRole('button', { name }).or(page.getByRole('link', { name })).count()
}
