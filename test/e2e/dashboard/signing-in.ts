import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { oidcOrigins } from '../../../infra/constructs/sign-in/sign-in.ts'
import { type ProviderIssuer, startProviderIssuer } from '../../sign-in/provider-issuer.ts'
import { type Provider, PROVIDERS } from '../../sign-in/providers.ts'
import { recipeOf } from '../../sign-in/recipes.ts'
import { openPage } from './browser.ts'
import { startDeployedFront } from './deployed-front.ts'
import { enter, hasFocus, takesFocus } from './keyboard.ts'
import { waitUntil } from '../../watchdog.ts'
import { whatIsStored } from './stored.ts'
import type { Stage } from './stage.ts'

const ADA = { subject: 'ada-1', name: 'Ada Lovelace', email: 'ada@example.com' }

/**
 * With the recipe for each provider: signs in as a viewer, lands on the page asked for, calls with the token, gives it back when
 * signing out, and signs in again as an admin.
 */
export async function signsInAtEveryProvider(stage: Stage): Promise<void> {
  for (const provider of PROVIDERS) await signsInAndOut(stage, provider)
}

async function signsInAndOut(stage: Stage, provider: Provider): Promise<void> {
  const { browser, url, integrationPath, onEnd } = stage
  const { signIn, roles } = recipeOf(provider.name)
  const issuer = await startProviderIssuer(provider, signIn, { ...ADA, roles: roles.viewer })
  onEnd(() => issuer.close())
  const front = await startDeployedFront(url, { signIn: issuer.signIn, roles })
  onEnd(() => front.close())
  const asked = `${integrationPath}/members?sort=-requests`
  const hosts = oidcOrigins(issuer.signIn).map((origin) => new URL(origin).host)
  const { page, troubles, close } = await openPage(browser, { url: front.url + asked, hosts })
  const sent = noteAuthorization(page, front.url)
  await enter(page, page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('cell').first().waitFor()
  assert.equal(page.url(), front.url + asked, `${provider.name}: the way back lost the view.`)
  assert.ok(sent.length > 0, `${provider.name}: no call was made.`)
  assert.deepEqual(new Set(sent), new Set(sentTokens(issuer).map((token) => `Bearer ${token}`)))
  assert.deepEqual(await placesWithTokens(page, issuer), ['session storage'])
  await page.reload()
  await page.getByRole('cell').first().waitFor()
  await signsOutByKeyboard(page, 'viewer')
  assert.deepEqual(issuer.revoked, provider.revokes ? issuer.refreshTokens : [])
  await page.goto(`${front.url}/favicon.svg`)
  assert.deepEqual(await placesWithTokens(page, issuer), [], `${provider.name}: a token outlives the sign-out.`)
  issuer.letIn({ ...ADA, roles: roles.admin })
  await page.goto(`${front.url}${integrationPath}/settings`)
  await enter(page, page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('button', { name: 'Sync now' }).waitFor()
  await signsOutByKeyboard(page, 'admin')
  assert.deepEqual(troubles, [])
  await close()
}

function noteAuthorization(page: Page, frontUrl: string): string[] {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().startsWith(`${frontUrl}/v1/`)) sent.push(request.headers()['authorization'] ?? 'none')
  })
  return sent
}

/** Ends at rest, on the issuer's page that asks who it is: a window that is closed on its way to another page may never close. */
async function signsOutByKeyboard(page: Page, role: string): Promise<void> {
  const account = page.getByRole('button', { name: 'Your account' })
  await enter(page, account)
  await page.getByText(` · ${role}`).waitFor()
  await menuTakesFocus(page)
  await page.keyboard.press('Escape')
  await page.getByRole('menuitem').waitFor({ state: 'detached' })
  await takesFocus(page, account)
  await page.keyboard.press('Enter')
  await menuTakesFocus(page)
  const signOut = page.getByRole('menuitem', { name: 'Sign out' })
  await waitUntil('the focus on “Sign out”', async () => {
    await page.keyboard.press('ArrowDown')
    return hasFocus(signOut)
  })
  const left = page.waitForRequest((request) => new URL(request.url()).pathname === '/logout')
  await page.keyboard.press('Enter')
  await left
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
}

/** A menu takes the focus in a task after the one that shows it; until then, keys go to the button that opened it. */
async function menuTakesFocus(page: Page): Promise<void> {
  await page.getByRole('menu').locator(':focus').waitFor({ state: 'attached' })
}

/** The tokens that the API is called with. */
function sentTokens({ signIn, accessTokens, idTokens }: ProviderIssuer): readonly string[] {
  return signIn.dashboard?.sends === 'id_token' ? idTokens : accessTokens
}

async function placesWithTokens(page: Page, issuer: ProviderIssuer): Promise<string[]> {
  const stored = await whatIsStored(page)
  const tokens = [...sentTokens(issuer), ...issuer.refreshTokens]
  return Object.entries(stored).flatMap(([place, text]) =>
    tokens.some((token) => text.includes(token)) ? [place] : [],
  )
}
