import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { openPage } from './browser.ts'
import { startDeployedFront } from './deployed-front.ts'
import { enter, takesFocus } from './keyboard.ts'
import { startPkceIssuer } from './pkce-issuer.ts'
import { whatIsStored } from './stored.ts'
import type { Stage } from './stage.ts'

/** Signs in at an issuer, lands on the page asked for, calls with the token, and gives it back when signing out. */
export async function signsInAndOut({ browser, url, integrationPath, onEnd }: Stage): Promise<void> {
  const issuer = await startPkceIssuer()
  onEnd(() => issuer.close())
  const front = await startDeployedFront({
    url,
    signIn: { issuer: issuer.url, clientId: issuer.clientId, scopes: ['openid'], signOutUrl: null },
  })
  onEnd(() => front.close())
  const asked = `${integrationPath}/members?sort=-requests`
  const hosts = [new URL(issuer.url).host]
  const { page, troubles, close } = await openPage(browser, { url: front.url + asked, hosts })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(`${front.url}/v1/`)) sent.push(request.headers()['authorization'] ?? 'none')
  })
  await enter(page, page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('cell').first().waitFor()
  assert.equal(page.url(), front.url + asked, 'The way back lost the view.')
  assert.ok(sent.length > 0, 'No call was made.')
  assert.deepEqual(
    sent.filter((header) => !header.startsWith('Bearer access-')),
    [],
  )
  assert.deepEqual(await placesWithTokens(page), ['session storage'])
  await page.reload()
  await page.getByRole('cell').first().waitFor()
  const left = page.waitForRequest((request) => request.url().startsWith(`${issuer.url}/end-session`))
  await signsOutByKeyboard(page)
  await left
  assert.deepEqual(new Set(issuer.revoked.map((token) => token.split('-')[0])), new Set(['refresh']))
  await page.goto(`${front.url}/favicon.svg`)
  assert.deepEqual(await placesWithTokens(page), [], 'A token outlives the sign-out.')
  assert.deepEqual(troubles, [])
  await close()
}

/** Ends at rest, on the issuer's page that asks who it is: a window that is closed on its way to another page may never close. */
async function signsOutByKeyboard(page: Page): Promise<void> {
  const account = page.getByRole('button', { name: 'Your account' })
  await enter(page, account)
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('menuitem').waitFor({ state: 'detached' })
  await takesFocus(page, account)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
}

async function placesWithTokens(page: Page): Promise<string[]> {
  const stored = await whatIsStored(page)
  return Object.entries(stored).flatMap(([place, text]) => (/\b(access|refresh)-[0-9a-f]/.test(text) ? [place] : []))
}
