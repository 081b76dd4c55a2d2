import assert from 'node:assert/strict'
import { integrationSchema } from '../../../shared/contracts/integration-contract.ts'
import type { Stage } from './stage.ts'

/** In the words of the page, such as `Reading members 100` or `Saving 1,000 of 4,321`. */
const PROGRESS = /(Reading members|Reading usage|Saving)\s*[\d,]+/

/** While OpenAI answers slowly, the page tells how far the first sync is; when it has ended, the page fills by itself. */
export async function watchesTheFirstSync({ page, openai, api, integrationPath }: Stage): Promise<void> {
  const told = page.getByRole('status').filter({ hasText: PROGRESS })
  await told.waitFor()
  await page.getByRole('progressbar').waitFor()
  await page.getByText('Syncing', { exact: true }).waitFor()
  await page.getByText('The figures appear here after').waitFor()
  const { lastSync, counts } = await api(integrationSchema, integrationPath)
  assert.equal(lastSync?.state, 'running', 'The page showed progress when there was none.')
  assert.deepEqual(counts, { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 })
  const [before = ''] = PROGRESS.exec(await told.innerText()) ?? []
  await told.filter({ hasNotText: before }).waitFor()
  openai.set({ slowMs: 0, pageSizeAtMost: null })
  await page.getByText('As of').waitFor()
  await page.getByRole('progressbar').waitFor({ state: 'detached' })
}
