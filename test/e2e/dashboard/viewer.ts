import assert from 'node:assert/strict'
import { openPage, settled } from './browser.ts'
import type { Stage } from './stage.ts'

const WRITES = ['Connect an organization', 'Sync now', 'Save changes', 'Replace the key', 'Disconnect and delete']

/** A viewer, let in by their token, sees the figures and nothing that writes. */
export async function hidesWhatWritesFromViewers(
  { browser, integrationPath }: Stage,
  guarded: { url: string; viewerToken: string },
): Promise<void> {
  const { page, troubles } = await openPage(browser, { url: guarded.url })
  await page.getByLabel('Token').fill('wrong-token')
  await page.getByRole('button', { name: 'Open the dashboard' }).click()
  await page.getByLabel('Token').fill(guarded.viewerToken)
  await page.getByRole('button', { name: 'Open the dashboard' }).click()
  await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor()
  for (const path of ['/', integrationPath, `${integrationPath}/members`, `${integrationPath}/settings`]) {
    await page.goto(guarded.url + path)
    await settled(page)
    for (const name of WRITES) {
      const controls = await page.getByRole('button', { name }).or(page.getByRole('link', { name })).count()
      assert.equal(controls, 0, `A viewer sees “${name}” on ${path}.`)
    }
  }
  await page.goto(`${guarded.url}/connect`)
  await page.getByText('Only an admin can connect an organization').waitFor()
  // The browser itself reports an answer of 401: that is how the token is asked for.
  assert.deepEqual(
    troubles.filter((trouble) => !trouble.includes('401 (Unauthorized)')),
    [],
  )
  await page.context().close()
}
