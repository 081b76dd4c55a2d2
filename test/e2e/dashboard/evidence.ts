import assert from 'node:assert/strict'
import { userListSchema, type WireUser } from '../../../shared/contracts/data-contract.ts'
import { inviteListSchema } from '../../../shared/contracts/invites-contract.ts'
import { userUsageSchema } from '../../../shared/contracts/usage-contract.ts'
import { enter, tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const number = new Intl.NumberFormat('en-US')

/** A member's page says in a sentence whether they use the API, and from where that is known: for each source of use, and for nobody's. */
export async function tellsAMembersStory(stage: Stage): Promise<void> {
  const { api, integrationPath } = stage
  const { items } = await api(userListSchema, `${integrationPath}/users?limit=1000`)
  const oneOf = (source: WireUser['lastActivitySource']) => {
    const found = items.find((user) => user.lastActivitySource === source && user.addedAt !== null)
    assert.ok(found, `Nobody’s last activity is known from ${String(source)}.`)
    return found
  }
  await readsStory(stage, oneOf(null), /^(Guest, a|A)dded [A-Z][^.]+, never used the API( in the last 60 days)?\.$/)
  await readsStory(stage, oneOf('usage'), lastUsed('the API', oneOf('usage')))
  await readsStory(stage, oneOf('api_key'), lastUsed('an API key', oneOf('api_key')))
  const other = oneOf('other_usage')
  const usage = await api(userUsageSchema, `${integrationPath}/users/${other.id}/usage`)
  const kinds = usage.items.find((each) => each.day === other.lastActiveOn)?.otherKinds.map(({ kind }) => kind) ?? []
  assert.ok(kinds.length > 0, 'There was no use of another kind on the day.')
  const text = await readsStory(stage, other, lastUsed('the API', other))
  for (const kind of kinds) assert.ok(text.includes(kind.replaceAll('_', ' ')), `${kind} is not in “${text}”.`)
}

/** `Last used the API on Nov 27 …`, without the year, which is only said of other years. */
function lastUsed(what: string, { lastActiveOn, requests }: WireUser): RegExp {
  const [on] = day.format(new Date(`${lastActiveOn}T00:00:00.000Z`)).split(',')
  const amount = requests > 0 ? `, ${number.format(requests)} request` : ''
  return new RegExp(`Last used ${what} on ${on}.*${amount}.* in 60 days\\.`)
}

async function readsStory({ page, url, integrationPath }: Stage, user: WireUser, story: RegExp): Promise<string> {
  await page.goto(`${url}${integrationPath}/members/${user.id}`)
  const sentence = page.locator('main').getByText(story)
  await sentence.waitFor()
  await page.getByText('Use is known from requests, other kinds of usage and keys.', { exact: true }).waitFor()
  return sentence.innerText()
}

/** The organization's page counts the pending invitations and leads to them, beside the members. */
export async function showsInvitations({ page, url, api, integrationPath }: Stage): Promise<void> {
  const { items } = await api(inviteListSchema, `${integrationPath}/invites?limit=1000`)
  const pending = items.filter(({ status }) => status === 'pending').length
  assert.ok(pending > 0 && pending < items.length, 'There should be pending invitations and others.')
  await page.goto(url + integrationPath)
  await enter(page, page.getByRole('link', { name: `${pending} pending invitation` }))
  await page.waitForURL(/\/members\?view=invited$/)
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  for (const [index, { email, status }] of items.entries()) {
    await rows
      .nth(index)
      .getByText(email ?? '', { exact: true })
      .waitFor()
    const name = status === 'pending' ? 'Pending' : 'Expired'
    await rows.nth(index).getByRole('cell', { name, exact: true }).waitFor()
  }
  await page.getByText(`${items.length} invitations`, { exact: true }).waitFor()
  // The views are a radio group: the arrow keys lead back to the members, and the focus stays.
  await tabTo(page, page.getByRole('radio', { name: 'Invited' }))
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(/accountStatus=removed/)
  await page.locator('input[type=radio][value=removed]:focus').waitFor({ state: 'attached' })
}
