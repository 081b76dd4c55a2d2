import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { keyListSchema, type WireKey } from '../../../shared/contracts/keys-contract.ts'
import { enter, tabTo, type } from './keyboard.ts'
import { downloaded } from './members.ts'
import type { Stage } from './stage.ts'

/** What the page calls each finding. */
const FINDINGS = {
  leaver_key: 'Owner is gone',
  ownerless_key: 'No owner',
  stale_key: 'Not used',
  eternal_key: 'Never expires',
} as const
const ROWS_COMPARED = 8

/** Findings come first, each with its count and what to do; a press shows its keys, search and filters narrow them further. */
export async function readsKeysWithFindingsFirst(stage: Stage): Promise<void> {
  const { page, url, api, integrationPath } = stage
  const keysOf = async (query: string) => api(keyListSchema, `${integrationPath}/keys?limit=1000${query}`)
  await page.goto(url + integrationPath)
  await enter(page, page.getByRole('navigation', { name: 'Integration' }).getByRole('link', { name: 'Keys' }))
  await page.waitForURL(/\/keys$/)
  const all = await keysOf('')
  await page.getByText(`${all.total} keys`, { exact: true }).waitFor()
  await showsKeys(page, all.items)
  for (const [finding, label] of Object.entries(FINDINGS)) {
    const { total } = await keysOf(`&finding=${finding}`)
    await page.getByRole('button', { name: `${total} ${label}`, exact: true }).waitFor()
  }
  await narrowsThemDown(stage, keysOf)
  await leadsToTheOwner(stage, all.items)
}

async function narrowsThemDown(
  { page, url, integrationPath }: Stage,
  keysOf: (query: string) => Promise<{ total: number; items: WireKey[] }>,
): Promise<void> {
  const stale = await keysOf('&finding=stale_key')
  assert.ok(stale.total > 0, 'No key was left unused.')
  await enter(page, page.getByRole('button', { name: `${stale.total} ${FINDINGS.stale_key}` }))
  await page.waitForURL(/\/keys\?finding=stale_key$/)
  await showsKeys(page, stale.items)
  const [word = ''] = stale.items[0]?.project?.name?.split(' ') ?? []
  await type(page, page.getByLabel('Search'), word)
  await tabTo(page, page.getByLabel('Kind', { exact: true }))
  await page.keyboard.type('Project')
  const query = `finding=stale_key&kind=project&q=${encodeURIComponent(word)}`
  const found = await keysOf(`&${query}`)
  await page.waitForURL(/q=.*kind=project|kind=project.*q=/)
  await showsKeys(page, found.items)
  const csv = await downloaded(page, 'Download CSV')
  assert.match(csv.suggestedFilename(), /keys, search .*, not used, project key, \d{4}-\d\d-\d\d\.csv$/)
  const expected = await (await fetch(`${url}/v1${integrationPath}/keys?${query}&format=csv`)).text()
  assert.equal(await readFile(await csv.path(), 'utf8'), `\uFEFF${expected}`)
  await enter(page, page.getByRole('button', { name: 'Last used (UTC)' }))
  await page.waitForURL(/sort=-lastUsedOn/)
  await showsKeys(page, (await keysOf(`&${query}&sort=-lastUsedOn`)).items)
  // A finding is a step that another press takes back.
  await enter(page, page.getByRole('button', { name: `${stale.total} ${FINDINGS.stale_key}` }))
  await page.getByRole('button', { name: FINDINGS.stale_key, pressed: false }).waitFor()
}

/** The owner of a key is a link to their page, which has the key. */
async function leadsToTheOwner({ page, url, integrationPath }: Stage, keys: readonly WireKey[]): Promise<void> {
  const owned = keys.find(({ owner, project }) => owner?.status === 'active' && project !== null)
  assert.ok(owned?.owner?.name != null, 'Nobody in the directory owns a key.')
  await page.goto(`${url}${integrationPath}/keys?ownerId=${owned.owner.id}`)
  await enter(page, page.getByRole('cell').getByRole('link', { name: owned.owner.name }).first())
  await page.getByRole('region', { name: 'Keys' }).getByText(`…${owned.hint}`).waitFor()
}

/** Waits until the first rows are these keys, in this order. */
async function showsKeys(page: Page, keys: readonly WireKey[]): Promise<void> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  for (const [index, { hint }] of keys.slice(0, ROWS_COMPARED).entries()) {
    await rows.nth(index).getByText(`…${hint}`, { exact: true }).waitFor()
  }
}
