import { describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import { FINDING_TYPE_WORDS } from '../../../dashboard/src/components/finding-words.ts'
import { FINDING_TYPES } from '../../../shared/domain/finding.ts'
import { waitUntil } from '../../watchdog.ts'
import { openPage, type Answers } from './open-page.tsx'
import { textOf } from './read-page.ts'
import { PATH, ID, wireIntegration, wireMe, wireProvider } from './wire.ts'

const KEY = 'sk-admin-0123456789abcdefWXYZ'
const REED = wireProvider({
  id: 'reed',
  name: 'Reed',
  key: { ...wireProvider().key, label: 'Owner key', prefix: 'rd-' },
})
const CHECK = {
  valid: false,
  keyHint: 'WXYZ',
  keyExpiresAt: null,
  organization: null,
  checks: [
    { dataSet: 'directory', required: true, ok: true, code: null, detail: null },
    { dataSet: 'usage', required: true, ok: false, code: 'insufficient_permissions', detail: 'It lacks ink.' },
  ],
}

const answers: Answers = { '/v1/me': wireMe('admin'), '/v1/key-checks': CHECK }

/** Opens the form that asks for a provider's key. */
async function openKeyStep(provider: string, overrides: Answers = {}) {
  const open = openPage('/connect', { ...answers, ...overrides })
  const button = await waitUntil('the providers', () =>
    screen.queryAllByRole('button').find((each) => textOf(each).startsWith(provider)),
  )
  fireEvent.click(button)
  return open
}

describe('Connecting an organization', () => {
  test('offers each provider, in the API’s order', async () => {
    const { page } = openPage('/connect', { ...answers, '/v1/providers': { items: [REED, wireProvider()] } })
    await waitUntil('the providers', () => textOf(page).includes('Reed'))
    const names = [...page.querySelectorAll('button strong')].map((each) => textOf(each))
    expect(names).toEqual(['Reed', 'Quill'])
  })

  test('requests the key in the provider’s words, with its steps, links and placeholder', async () => {
    const { page } = await openKeyStep('Reed', { '/v1/providers': { items: [wireProvider(), REED] } })
    expect(textOf(page.querySelector('h2'))).toBe('Paste an Owner key')
    expect(screen.getByPlaceholderText('rd-…')).toBe(screen.getByLabelText('Owner key'))
    expect([...page.querySelectorAll('form li')].map((step) => textOf(step))).toEqual([
      'Open Keys there.',
      'It begins with qk-.',
    ])
    expect(page.querySelector('form li a')?.getAttribute('href')).toBe('https://quill.example/keys')
    expect([...page.querySelectorAll('form b, form code')].map((each) => textOf(each))).toEqual([
      'Only a head scribe',
      'qk-',
    ])
  })

  test('sends the key with its provider, and shows for each named data set whether it is readable', async () => {
    const { page, sent } = await openKeyStep('Quill')
    fireEvent.change(screen.getByLabelText('Scribe key'), { target: { value: KEY } })
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }))
    await waitUntil('the answer', () => textOf(page).includes('cannot be read'))
    expect(sent).toEqual([{ path: '/v1/key-checks', body: { provider: 'openai', adminApiKey: KEY } }])
    const marks = [...page.querySelectorAll('form [data-ok]')].map((mark) => textOf(mark))
    expect(marks).toEqual(['Scribes: can be read', 'Ink used: cannot be readIt lacks ink.'])
  })
})

test('Settings and Help use the provider’s name and its own words', async () => {
  const none = { items: [], nextCursor: null }
  const settings = openPage(`/integrations/${ID}/settings`, {
    ...answers,
    [PATH]: wireIntegration(),
    [`${PATH}/syncs`]: none,
    '/v1/schedules': none,
    '/v1/audit-events': none,
  })
  await waitUntil('the cards', () => textOf(settings.page).includes('Nothing changes at Quill'))
  expect([...settings.page.querySelectorAll('h2')].map((each) => textOf(each))).toContain('Scribe key')
  const help = openPage('/help', answers)
  await waitUntil('the topics', () => textOf(help.page).includes('Quill: Scribe key, which begins with qk-.'))
  expect(textOf(help.page)).toContain('Somebody who uses Quill Letters only')
  expect(textOf(help.page)).toContain('Quill: Pages written with ink.')
  expect(textOf(help.page)).toContain('Not measured: Quill Letters, and what a person does through a service account')
  expect(textOf(help.page)).toContain('A seat at Quill costs nothing.')
})

test('Help explains people, the roster, and each kind of finding', async () => {
  const { page } = openPage('/help', answers)
  const topic = (id: string) => textOf(page.querySelector(`#${id}`))
  await waitUntil('the topics', () => page.querySelector('#findings'))
  expect(topic('people')).toContain('All accounts with the same email address')
  expect(topic('roster')).toContain('An upload replaces the whole roster.')
  for (const type of FINDING_TYPES.filter((each) => !each.endsWith('_key'))) {
    expect(topic('findings')).toContain(FINDING_TYPE_WORDS[type].title)
  }
  expect(topic('keys')).toContain('Owner is gone')
  const contents = [...page.querySelectorAll('nav[aria-label=Questions] a')].map((link) => link.getAttribute('href'))
  expect(contents).toEqual(expect.arrayContaining(['#people', '#roster', '#findings']))
})
