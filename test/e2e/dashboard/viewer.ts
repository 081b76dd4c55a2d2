import assert from 'node:assert/strict'
import { settled } from './browser.ts'
import { enter, takesFocus, type } from './keyboard.ts'
import type { Stage } from './stage.ts'
import { reachesEverything } from './tab-walk.ts'

/** The viewer's first. */
export const TOKENS = [
  { token: 'the-viewers-token', role: 'viewer' },
  { token: 'the-reviewers-token', role: 'reviewer' },
  { token: 'the-admins-token', role: 'admin' },
] as const

const WRITES = [
  'Accept',
  'Connect an organization',
  'Sync now',
  'Save changes',
  'Replace the key',
  'Disconnect and delete',
]

/** A viewer, let in by their token, sees the figures and nothing that writes. */
export async function hidesWhatWritesFromViewers({ page, url, integrationPath }: Stage): Promise<void> {
  const token = page.getByLabel('Token', { exact: true })
  await takesFocus(page, token)
  await reachesEverything(page)
  await type(page, token, 'nicht-das-Schlüsselwort')
  await page.keyboard.press('Enter')
  await page.getByText('This is not a token').waitFor()
  await type(page, token, 'wrong-token')
  await page.keyboard.press('Enter')
  await page.getByText('That token was not accepted').waitFor()
  await type(page, token, TOKENS[0].token)
  await enter(page, page.getByRole('button', { name: 'Open the dashboard' }))
  await page.getByRole('heading', { name: 'Acme Worldwide', level: 1 }).waitFor()
  for (const path of [
    '/',
    '/organizations',
    '/findings',
    integrationPath,
    `${integrationPath}/members`,
    `${integrationPath}/settings`,
  ]) {
    await page.goto(url + path)
    await settled(page)
    for (const name of WRITES) {
      const controls = await page.getByRole('button', { name }).or(page.getByRole('link', { name })).count()
      assert.equal(controls, 0, `A viewer sees “${name}” on ${path}.`)
    }
  }
  await page.goto(`${url}/connect`)
  await page.getByText('Only an admin can connect an organization').waitFor()
}
