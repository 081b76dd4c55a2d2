import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import * as z from 'zod'
import { openPage } from './browser.ts'
import { enter, type } from './keyboard.ts'
import { placesThatHold } from './stored.ts'
import { reachesEverything } from './tab-walk.ts'
import type { Stage } from './stage.ts'

/** A sync that goes on until somebody has watched it: hundreds of answers, each of which takes a while. */
const TO_BE_WATCHED = { slowMs: 1_200, pageSizeAtMost: 1 }

/** Connects an organization, by keyboard alone: bad keys get the API's advice, a good one leads to its page. The browser keeps none. */
export async function connectsByKeyboard(stage: Stage): Promise<void> {
  const { page, openai } = stage
  const { keys } = openai
  await page.getByText('No organization is connected yet').waitFor()
  await beginsToConnect(page)
  await tries(stage, 'not a key', 'This must have 20 to 500 printable ASCII characters')
  await tries(stage, keys.revoked, 'Settings → Organization settings → Admin keys')
  await tries(stage, keys.project, 'only an Admin key gives organization-level access')
  await tries(stage, keys.withoutUsage, 'Usage figures: cannot be read')
  await page.getByText('Member directory: can be read').waitFor()
  await type(page, page.getByLabel('Admin key', { exact: true }), keys.admin)
  // The field's value, and the attribute that React gives it.
  assert.deepEqual(
    await placesThatHold(page, keys.admin),
    ['page', 'fields'],
    'The key is elsewhere than in its field.',
  )
  await page.keyboard.press('Enter')
  const name = page.getByLabel('Name')
  await name.waitFor()
  assert.equal(await name.inputValue(), 'OpenAI Organization')
  assert.deepEqual(await placesThatHold(page, keys.admin), [], 'The checked key is still shown.')
  await reachesEverything(page)
  await type(page, name, 'Acme Europe')
  openai.set(TO_BE_WATCHED)
  await enter(page, page.getByRole('button', { name: 'Save' }))
  await page.waitForURL(/\/integrations\/[^/]+$/)
  stage.integrationPath = new URL(page.url()).pathname
  for (const key of Object.values(keys))
    assert.deepEqual(await placesThatHold(page, key), [], 'The browser keeps a key.')
}

/** A second key of the connected organization is good, and refused all the same: the page names the integration that has it. */
export async function refusesTheSameOrganization(stage: Stage): Promise<void> {
  const { page, troubles, close } = await openPage(stage.browser, { url: `${stage.url}/organizations` })
  await beginsToConnect(page)
  await type(page, page.getByLabel('Admin key', { exact: true }), stage.openai.keys.nextAdmin)
  await page.keyboard.press('Enter')
  await type(page, page.getByLabel('Name'), 'Acme again')
  await enter(page, page.getByRole('button', { name: 'Save' }))
  await page.getByRole('alert').filter({ hasText: '“Acme Europe”' }).waitFor()
  const { items } = await stage.api(z.object({ items: z.array(z.object({ name: z.string() })) }), '/integrations')
  assert.deepEqual(items, [{ name: 'Acme Europe' }])
  // The browser itself reports an answer of 409.
  assert.deepEqual([troubles.length, troubles[0]?.includes('409 (Conflict)')], [1, true])
  await close()
}

async function beginsToConnect(page: Page): Promise<void> {
  await enter(page, page.getByRole('link', { name: 'Connect an organization' }))
  await enter(page, page.getByRole('button', { name: /^OpenAI/ }))
  await page.getByText('Only an Organization Owner can create an Admin key').waitFor()
}

async function tries({ page }: Stage, key: string, advice: string): Promise<void> {
  const field = page.getByLabel('Admin key', { exact: true })
  await field.focus()
  await type(page, field, key)
  await enter(page, page.getByRole('button', { name: 'Continue' }))
  await page.getByText(advice).first().waitFor()
}
