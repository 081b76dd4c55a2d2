import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { reviewItemsSchema } from '../../../shared/contracts/review-items-contract.ts'
import { reviewListSchema, type WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { integrationSchema } from '../../../shared/contracts/integration-contract.ts'
import { syncSchema } from '../../../shared/contracts/sync-contract.ts'
import { waitFor, waitUntil } from '../../watchdog.ts'
import type { Stage } from './stage.ts'
import { TOKENS } from './viewer.ts'

/** The model of a person: one key in this time, reading included. Nothing waits for it. */
const A_KEY_SECONDS = 1.5
/** The time in which 200 items have to be decided on. */
const AT_MOST_SECONDS = 600
const KEYSTROKES_A_DECISION = 2

/** What to decide on an item, by its name; what is not named is kept. */
export type Plan = ReadonlyMap<string, 'remove' | { readonly exception: string }>

/** The review with a name. Throws when there is none. */
export async function reviewCalled({ api }: Pick<Stage, 'api'>, name: string): Promise<WireReview> {
  const { items } = await api(reviewListSchema, '/reviews?limit=1000')
  const review = items.find((each) => each.name === name)
  assert.ok(review !== undefined, `No review is called ${name}.`)
  return review
}

/** All items of a review. */
export async function itemsOf({ api }: Pick<Stage, 'api'>, { id }: Pick<WireReview, 'id'>) {
  const { items, total } = await api(reviewItemsSchema, `/reviews/${id}/items?limit=1000`)
  assert.equal(items.length, total)
  return items
}

/** Calls the API as the holder of a role's token. Gives the answer's status and body. */
export async function callAs(
  { url }: Pick<Stage, 'url'>,
  role: (typeof TOKENS)[number]['role'],
  call: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<{ status: number; body: unknown }> {
  const token = TOKENS.find((each) => each.role === role)?.token ?? ''
  const { method, path, body } = call
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const sent = fetch(`${url}/v1${path}`, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
  const answer = await waitFor(`the answer to ${method} ${path}`, sent)
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** Syncs the first integration, and waits until the sync has succeeded. */
export async function syncs(stage: Stage): Promise<void> {
  const { api, integrationPath } = stage
  const { body } = await callAs(stage, 'admin', { method: 'POST', path: `${integrationPath}/syncs` })
  const { id } = syncSchema.parse(body)
  const { lastSync } = await waitUntil('the sync to end', async () => {
    const integration = await api(integrationSchema, integrationPath)
    return integration.lastSync?.id === id && integration.lastSync.finishedAt !== null && integration
  })
  assert.equal(lastSync?.state, 'succeeded')
}

/**
 * Decides on a number of items by keyboard alone, from the one that has the focus on. Counts the keys that are pressed, but for the
 * text of notes. No decision may take more than two; at the pace of a person, 200 decisions must take less than ten minutes.
 */
export async function decidesByKeyboard(page: Page, plan: Plan, decisions: number): Promise<number> {
  let keystrokes = 0
  const press = async (key: string) => {
    await page.keyboard.press(key)
    keystrokes += 1
  }
  for (let decided = 0; decided < decisions; decided += 1) {
    const row = page.locator('[role=row]:focus', { hasText: 'Undecided' })
    const [name = ''] = (await row.innerText()).split('\n')
    const before = keystrokes
    const decision = plan.get(name) ?? 'keep'
    if (typeof decision === 'string') await press(decision === 'keep' ? 'k' : 'r')
    else {
      await press('e')
      await page.keyboard.type(decision.exception)
      await press('Enter')
    }
    assert.ok(keystrokes - before <= KEYSTROKES_A_DECISION, `${name} took ${keystrokes - before} keystrokes.`)
  }
  const seconds = (keystrokes / decisions) * 200 * A_KEY_SECONDS
  assert.ok(seconds < AT_MOST_SECONDS, `200 decisions take ${seconds} s.`)
  return keystrokes
}
