import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { openPage } from './browser.ts'
import { startPkceIssuer, type PkceIssuer } from './pkce-issuer.ts'
import type { Stage } from './stage.ts'

/** Signs in at an issuer, lands on the page asked for, calls with the token, and gives it back when signing out. */
export async function signsInAndOut({ browser, url, integrationPath }: Stage): Promise<void> {
  const issuer = await startPkceIssuer()
  try {
    const { page, troubles } = await openPage(browser, { url: `${url}/help`, hosts: [new URL(issuer.url).host] })
    await deployWith(page, issuer)
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(`${url}/v1/`)) sent.push(request.headers()['authorization'] ?? 'none')
    })
    await page.goto(`${url}${integrationPath}/members?sort=-requests`)
    await page.getByRole('cell').first().waitFor()
    assert.equal(new URL(page.url()).search, '?sort=-requests', 'The way back lost the view.')
    assert.ok(
      sent.length > 0 && sent.every((header) => header.startsWith('Bearer access-')),
      'A call without the token.',
    )
    assert.equal(await page.evaluate(() => JSON.stringify({ ...localStorage }).includes('access-')), false)
    await page.getByRole('button', { name: 'Your account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForRequest((request) => request.url().startsWith(`${issuer.url}/end-session`))
    assert.deepEqual(issuer.revoked.map((token) => token.split('-')[0]).toSorted(), ['access', 'refresh'])
    assert.deepEqual(troubles, [])
    await page.context().close()
  } finally {
    await issuer.close()
  }
}

/** What a deployment does differently: its `/config.json`, and a content policy that names the issuer. */
async function deployWith(page: Page, issuer: PkceIssuer): Promise<void> {
  await page.route('**/config.json', (route) =>
    route.fulfill({ json: { signIn: { issuer: issuer.url, clientId: issuer.clientId, scope: 'openid' } } }),
  )
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document' || route.request().url().startsWith(issuer.url))
      return route.fallback()
    const response = await route.fetch()
    const policy = response.headers()['content-security-policy'] ?? ''
    const named = policy.replace("connect-src 'self'", `connect-src 'self' ${issuer.url}`)
    return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': named } })
  })
}
