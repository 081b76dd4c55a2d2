import assert from 'node:assert/strict'
import { integrationListSchema } from '../../../shared/contracts/integration-contract.ts'
import { keyListSchema } from '../../../shared/contracts/keys-contract.ts'
import { openPage, settled } from './browser.ts'
import { enter, type } from './keyboard.ts'
import { usesPagesOfSeveral } from './overview.ts'
import { readsWhatItCosts } from './spend.ts'
import type { Stage } from './stage.ts'

const ROWS_COMPARED = 8

/** An organization at Anthropic is connected beside the first one; its spend and keys are the API's. */
export async function showsASecondProvider(stage: Stage): Promise<void> {
  const { anthropic, api, browser, openai, url } = stage
  const { page, troubles, close } = await openPage(browser, { url: `${url}/organizations` })
  await enter(page, page.getByRole('link', { name: 'Connect an organization' }))
  await enter(page, page.getByRole('button', { name: /^Anthropic/ }))
  await page.getByText('Only an organization admin can create an Admin key').waitFor()
  const field = page.getByLabel('Admin key', { exact: true })
  const sentBefore = anthropic.requests.length
  await type(page, field, openai.keys.admin)
  await page.keyboard.press('Enter')
  await page.getByText('is a key of OpenAI').first().waitFor()
  assert.equal(anthropic.requests.length, sentBefore, 'A key of OpenAI was sent to Anthropic.')
  await type(page, field, anthropic.keys.admin)
  await page.keyboard.press('Enter')
  await type(page, page.getByLabel('Name'), 'Acme, Claude')
  await enter(page, page.getByRole('button', { name: 'Save' }))
  await page.waitForURL(/\/integrations\/[^/]+$/)
  const integrationPath = new URL(page.url()).pathname
  await page.getByText('As of').waitFor()
  const { items } = await api(integrationListSchema, '/integrations')
  assert.deepEqual(items.map(({ provider }) => provider).toSorted(), ['anthropic', 'openai'])
  const own = { ...stage, page, integrationPath }
  await readsWhatItCosts(own)
  await readsKeys(own)
  await page.goto(`${url}/organizations`)
  for (const { name } of items) await page.getByText(name, { exact: true }).first().waitFor()
  await usesPagesOfSeveral(own)
  assert.deepEqual(troubles, [])
  await close()
}

/** Disconnects it again. */
export async function disconnectsTheSecondProvider({ api, url }: Stage): Promise<void> {
  const { items } = await api(integrationListSchema, '/integrations')
  const second = items.find(({ provider }) => provider === 'anthropic')
  const answer = await fetch(`${url}/v1/integrations/${second?.id}`, { method: 'DELETE' })
  assert.equal(answer.status, 204)
}

/** Some keys have no hint: they are known by their names. */
async function readsKeys({ page, url, api, integrationPath }: Stage): Promise<void> {
  const { items, total } = await api(keyListSchema, `${integrationPath}/keys?limit=1000`)
  await page.goto(`${url}${integrationPath}/keys`)
  await settled(page)
  await page.getByText(`${total} keys`, { exact: true }).waitFor()
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  for (const [index, { name, hint }] of items.slice(0, ROWS_COMPARED).entries()) {
    await rows
      .nth(index)
      .getByText(hint === null ? (name ?? '') : `…${hint}`, { exact: true })
      .waitFor()
  }
}
