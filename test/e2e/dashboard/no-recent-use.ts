import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import * as z from 'zod'
import { licensesSchema, userListSchema } from '../../../shared/contracts/data-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { settled } from './browser.ts'
import { enter, tabTo } from './keyboard.ts'
import type { Stage } from './stage.ts'

const number = new Intl.NumberFormat('en-US')

/** People without recent use are found by keyboard, for each of the three spans; owners are left out, and so it says. */
export async function findsIdlePeople({ page, url, api, integrationPath }: Stage): Promise<void> {
  await page.goto(url + integrationPath)
  await settled(page)
  const { licenses } = await api(licensesSchema, `${integrationPath}/licenses`)
  await tabTo(page, page.getByRole('radiogroup', { name: 'No use in' }).getByRole('radio', { checked: true }))
  for (const [key, days] of [
    ['ArrowLeft', 30],
    ['ArrowLeft', 14],
    ['ArrowRight', 30],
    ['ArrowRight', 60],
  ] as const) {
    await page.keyboard.press(key)
    await page.getByText(`No use in ${days} days. Owners`).waitFor()
    const { items } = await api(userListSchema, `${integrationPath}/users?idleDays=${days}&limit=1000`)
    const count = items.filter(({ role }) => role !== 'owner').length
    assert.ok(count > 0, `Everybody was active in ${days} days: there is nothing to compare.`)
    await page.getByText(` of ${number.format(count)}.`).waitFor()
    const others = days === 60 ? licenses.unused - count : 0
    const leftOut = page.getByText(`Left out: ${number.format(others)} more with no use in 60 days.`)
    assert.equal(await leftOut.count(), others > 0 ? 1 : 0, `Of ${days} days it says something else than ${others}.`)
  }
}

/** It comes first, leads to where members are managed at the provider, and copies the addresses of everybody in it. */
export async function leadsOnFromNoRecentUse({ page, url, api, integrationPath }: Stage): Promise<void> {
  await page.goto(url + integrationPath)
  await settled(page)
  assert.equal(await page.getByRole('heading', { level: 2 }).first().innerText(), 'No recent use')
  const manage = page.getByRole('link', { name: 'Manage members at OpenAI' })
  assert.equal(await manage.getAttribute('href'), 'https://platform.openai.com/settings/organization/people')
  const query = 'idleDays=60&owner=false&sort=lastActiveOn&limit=1000'
  const { items } = await api(userListSchema, `${integrationPath}/users?${query}`)
  const addresses = items.flatMap(({ email }) => email ?? [])
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await enter(page, page.getByRole('button', { name: 'Copy addresses' }))
  await page.getByText(`Copied ${number.format(addresses.length)} addresses`).waitFor()
  assert.deepEqual((await clipboardOf(page)).split('\n'), addresses)
  await page.context().clearPermissions()
  await enter(page, page.getByRole('link', { name: 'Show all of them in the members list' }))
  await page
    .getByRole('status')
    .getByText(`${number.format(items.length)} of `)
    .waitFor()
}

function clipboardOf(page: Page): Promise<string> {
  return waitUntil('the clipboard to hold text', async () =>
    z.string().parse(await page.evaluate('navigator.clipboard.readText()')),
  )
}
