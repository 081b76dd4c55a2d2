import { describe, expect, test } from '@jest/globals'
import { waitUntil } from '../../watchdog.ts'
import { openPage } from './open-page.tsx'
import { textOf } from './read-page.ts'
import { ID, PATH, wireIntegration, wireMe } from './wire.ts'

const SUBJECTS = { '/spend': 'spend', '/keys': 'keys' } as const
const ONE = [wireIntegration()]
const TWO = [wireIntegration(), wireIntegration({ id: 'OTHER', name: 'Acme Asia' })]

function open(address: string, integrations: readonly ReturnType<typeof wireIntegration>[]) {
  const answers = {
    '/v1/me': wireMe('viewer'),
    '/v1/integrations': { items: integrations, nextCursor: null },
    [PATH]: wireIntegration(),
  }
  return openPage(address, answers).page
}

/** The part of the navigation that an address belongs to, and whether it is its first page. */
async function placeOf(address: string): Promise<string> {
  const page = open(address, TWO)
  const link = await waitUntil(`the navigation at ${address}`, () => page.querySelector('header nav [aria-current]'))
  return `${textOf(link)} (${link.getAttribute('aria-current')})`
}

describe('The navigation', () => {
  test('has a part for each subject', async () => {
    const page = open('/help', TWO)
    const links = await waitUntil('the navigation', () => {
      const found = [...page.querySelectorAll('header nav a')]
      return found.length > 0 ? found : undefined
    })
    expect(links.map((link) => `${textOf(link)} ${link.getAttribute('href')}`)).toEqual([
      'Overview /',
      'People /people',
      'Organizations /organizations',
      'Spend /spend',
      'Keys /keys',
      'Reviews /reviews',
      'Help /help',
    ])
  })

  test('marks the part that each page belongs to', async () => {
    expect(await placeOf('/organizations')).toBe('Organizations (page)')
    expect(await placeOf('/connect')).toBe('Organizations (true)')
    expect(await placeOf('/help')).toBe('Help (page)')
    expect(await placeOf('/spend')).toBe('Spend (page)')
    expect(await placeOf('/people')).toBe('People (page)')
    expect(await placeOf('/people/somebody')).toBe('People (true)')
    expect(await placeOf(`/integrations/${ID}`)).toBe('Organizations (true)')
    expect(await placeOf(`/integrations/${ID}/settings`)).toBe('Organizations (true)')
    expect(await placeOf(`/integrations/${ID}/members/user-ada`)).toBe('People (true)')
    expect(await placeOf(`/integrations/${ID}/keys`)).toBe('Keys (true)')
    expect(await placeOf(`/integrations/${ID}/spend`)).toBe('Spend (true)')
  })

  test.each(Object.entries(SUBJECTS))('leads from %s to the page of the only organization', async (address, end) => {
    const page = open(address, ONE)
    await waitUntil('the organization', () => page.querySelector(`main a[href="/integrations/${ID}/${end}"]`))
  })

  test.each(['/', '/people', ...Object.keys(SUBJECTS)])('says on %s when nothing is connected', async (address) => {
    const page = open(address, [])
    await waitUntil('the page', () => textOf(page).includes('No organization is connected yet'))
    expect(page.querySelector('main dl')).toBeNull()
  })
})
