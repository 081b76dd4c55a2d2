import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { integrationListSchema, integrationSchema } from '../../../shared/contracts/integration-contract.ts'
import { openPage, settled } from './browser.ts'
import { enter, hasFocus, takesFocus, type } from './keyboard.ts'
import { holdBack } from './slow-down.ts'
import { placesThatHold } from './stored.ts'
import type { Stage } from './stage.ts'

const DAY_MS = 86_400_000

/** A revoked key is told in plain words, with what was synced still there; a new one repairs it. */
export async function replacesARevokedKey({ page, openai, api, integrationPath, url }: Stage): Promise<void> {
  const { keys } = openai
  openai.set({ adminKeyRevoked: true })
  await page.goto(url + integrationPath)
  await enter(page, page.getByRole('link', { name: 'Syncs and settings' }))
  await enter(page, page.getByRole('button', { name: 'Sync now' }))
  await page.getByText('This integration needs attention').waitFor()
  await page.getByText('Action required').waitFor()
  const { counts } = await api(integrationSchema, integrationPath)
  assert.ok(counts.members > 0, 'What was synced is gone.')
  const replace = page.getByRole('button', { name: 'Replace the key' })
  if (await replace.isVisible()) await enter(page, replace)
  await type(page, page.getByPlaceholder('sk-admin-…'), keys.project)
  await page.keyboard.press('Enter')
  await page.getByText('only an Admin key gives organization-level access').first().waitFor()
  await type(page, page.getByPlaceholder('sk-admin-…'), keys.nextAdmin)
  await page.keyboard.press('Enter')
  // After the key was replaced the focus is not lost.
  await takesFocus(page, replace)
  await page.locator('[data-kind=good]', { hasText: /^Connected$/ }).waitFor()
  await page.getByText('New key').waitFor()
  for (const key of Object.values(keys))
    assert.deepEqual(await placesThatHold(page, key), [], 'The browser keeps a key.')
}

/** Another name and other domains show at once, seats included. */
export async function changesSettings({ page, api, integrationPath }: Stage): Promise<void> {
  await type(page, page.getByLabel('Name', { exact: true }), 'Acme Worldwide')
  await type(page, page.getByLabel('Company domains'), 'somewhere-else.example')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Acme Worldwide' }).waitFor()
  await keepsTheFocus(page)
  const { counts, companyDomains } = await api(integrationSchema, integrationPath)
  assert.deepEqual(companyDomains, ['somewhere-else.example'])
  await enter(page, page.getByRole('link', { name: 'Organization', exact: true }))
  const guests = page.locator('dl > div').filter({ has: page.getByText('Guests', { exact: true }) })
  await guests.getByText(new Intl.NumberFormat('en-US').format(counts.guests), { exact: true }).waitFor()
}

/** What the API refuses is named, and its field gets the focus. */
export async function namesWhatIsRefused({ browser, url, integrationPath }: Stage): Promise<void> {
  const { page, troubles, close } = await openPage(browser, { url: `${url}${integrationPath}/settings` })
  const domains = page.getByLabel('Company domains')
  await type(page, domains, 'somewhere-else.example, not_a_domain')
  await page.keyboard.press('Enter')
  await page.getByText('not_a_domain: ').waitFor()
  await page.getByRole('button', { name: 'Save changes' }).focus()
  await page.keyboard.press('Enter')
  await takesFocus(page, domains)
  // The browser itself reports an answer of 400.
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('400 (Bad Request)')),
    [],
  )
  await close()
}

/** What opens and closes, and what is saved, takes the focus nowhere. */
async function keepsTheFocus(page: Page): Promise<void> {
  const replace = page.getByRole('button', { name: 'Replace the key' })
  await enter(page, replace)
  await takesFocus(page, page.getByPlaceholder('sk-admin-…'))
  await enter(page, page.getByRole('button', { name: 'Keep the old key' }))
  await takesFocus(page, replace)
  await savesTheExpiry(page)
  const save = page.getByRole('button', { name: 'Save changes' })
  await type(page, page.getByLabel('Name', { exact: true }), 'Acme')
  await enter(page, save)
  await page.getByText('Saved', { exact: true }).waitFor()
  assert.ok(await hasFocus(save), 'Saving takes the focus away.')
  await type(page, page.getByLabel('Name', { exact: true }), 'Acme Worldwide')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Acme Worldwide' }).waitFor()
}

/** A key that expires soon is told in plain words. However slowly the rest is read again after saving, the focus moves when the button goes, and only from there. */
async function savesTheExpiry(page: Page): Promise<void> {
  const expiry = page.getByLabel('Key expires on')
  const save = page.getByRole('button', { name: 'Save the expiry' })
  const name = page.getByLabel('Name', { exact: true })
  await expiry.fill(new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10))
  await enter(page, save)
  const notice = page.getByRole('status').filter({ hasText: /The key works until \w+ \d+, \d{4} \(in/ })
  await notice.getByRole('link', { name: 'Replace the key' }).waitFor()
  const calls = await holdBack(page, 'GET')
  await expiry.fill('2031-05-06')
  await enter(page, save)
  await page.getByText('It expires on May 6, 2031').waitFor()
  await save.waitFor({ state: 'detached' })
  assert.ok(await hasFocus(expiry), 'Saving the expiry takes the focus away.')
  await name.focus()
  await calls.end()
  await settled(page)
  assert.ok(await hasFocus(name), 'The focus is pulled away from a user who has moved on.')
}

/** Removing asks for the name, and leaves nothing. */
export async function disconnects({ page, api }: Stage): Promise<void> {
  await enter(page, page.getByRole('link', { name: 'Syncs and settings' }))
  const button = page.getByRole('button', { name: 'Disconnect and delete' })
  await type(page, page.getByLabel(/To confirm, type the name/), 'Acme')
  assert.ok(await button.isDisabled(), 'Part of the name is enough.')
  await type(page, page.getByLabel(/To confirm, type the name/), 'Acme Worldwide')
  await enter(page, button)
  await page.getByText('No organization is connected yet').waitFor()
  assert.deepEqual((await api(integrationListSchema, '/integrations')).items, [])
}
