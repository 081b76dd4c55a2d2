import assert from 'node:assert/strict'
import { openPage } from './browser.ts'
import { startDeployedFront } from './deployed-front.ts'
import { startPkceIssuer } from './pkce-issuer.ts'
import type { Stage } from './stage.ts'

/** Signs in at an issuer, lands on the page asked for, calls with the token, and gives it back when signing out. */
export async function signsInAndOut({ browser, url, integrationPath }: Stage): Promise<void> {
  const issuer = await startPkceIssuer()
  const front = await startDeployedFront({
    url,
    signIn: { issuer: issuer.url, clientId: issuer.clientId, scopes: ['openid'], signOutUrl: null },
  })
  try {
    const asked = `${integrationPath}/members?sort=-requests`
    const { page, troubles } = await openPage(browser, { url: front.url + asked, hosts: [new URL(issuer.url).host] })
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.url().startsWith(`${front.url}/v1/`)) sent.push(request.headers()['authorization'] ?? 'none')
    })
    await page.getByRole('cell').first().waitFor()
    assert.equal(page.url(), front.url + asked, 'The way back lost the view.')
    assert.ok(sent.length > 0, 'No call was made.')
    assert.deepEqual(
      sent.filter((header) => !header.startsWith('Bearer access-')),
      [],
    )
    const remembered = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)))
    assert.ok(!remembered.includes('access-'), 'A token outlives the tab.')
    await page.reload()
    await page.getByRole('cell').first().waitFor()
    await page.getByRole('button', { name: 'Your account' }).click()
    const left = page.waitForRequest((request) => request.url().startsWith(`${issuer.url}/end-session`))
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await left
    assert.deepEqual(new Set(issuer.revoked.map((token) => token.split('-')[0])), new Set(['access', 'refresh']))
    assert.deepEqual(troubles, [])
    await page.context().close()
  } finally {
    await front.close()
    await issuer.close()
  }
}
