import assert from 'node:assert/strict'
import { integrationListSchema, integrationSchema } from '../../../shared/contracts/integration-contract.ts'
import { enter, type } from './keyboard.ts'
import { SECOND_KEY } from './revocable-organization.ts'
import type { Stage } from './stage.ts'

const SYNC_WITHIN_MS = 60_000

/** A revoked key is told in plain words, with what was synced still there; a new one repairs it. */
export async function replacesARevokedKey({ page, openai, api, integrationPath }: Stage): Promise<void> {
  openai.revokeFirstKey()
  await enter(page, page.getByRole('link', { name: 'Syncs and settings' }))
  await enter(page, page.getByRole('button', { name: 'Sync now' }))
  await page.getByText('This integration needs attention').waitFor({ timeout: SYNC_WITHIN_MS })
  await page.getByText('Action required').waitFor()
  const { counts } = await api(integrationSchema, integrationPath)
  assert.ok(counts.members > 0, 'What was synced is gone.')
  const replace = page.getByRole('button', { name: 'Replace the key' })
  if (await replace.isVisible()) await enter(page, replace)
  await type(page, page.getByPlaceholder('sk-admin-…'), openai.organization.keys.project)
  await page.keyboard.press('Enter')
  await page.getByText('only an Admin key gives organization-level access').first().waitFor()
  await type(page, page.getByPlaceholder('sk-admin-…'), SECOND_KEY)
  await page.keyboard.press('Enter')
  await page.getByText('Connected', { exact: true }).waitFor({ timeout: SYNC_WITHIN_MS })
  await page.getByText('New key').waitFor()
}

/** Another name and other domains show at once, seats included. */
export async function changesSettings({ page, api, integrationPath }: Stage): Promise<void> {
  await type(page, page.getByLabel('Name', { exact: true }), 'Acme Worldwide')
  await type(page, page.getByLabel('Company domains'), 'somewhere-else.example')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Acme Worldwide' }).waitFor()
  const { counts, companyDomains } = await api(integrationSchema, integrationPath)
  assert.deepEqual(companyDomains, ['somewhere-else.example'])
  await enter(page, page.getByRole('link', { name: 'Organization', exact: true }))
  const guests = page.locator('dl > div').filter({ has: page.getByText('Guests', { exact: true }) })
  await guests.getByText(new Intl.NumberFormat('en-US').format(counts.guests), { exact: true }).waitFor()
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
