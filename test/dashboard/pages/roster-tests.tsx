import { describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { openPage, type Answers } from './open-page.tsx'
import { textOf } from './read-page.ts'
import { wirePeople } from './wire-people.ts'
import { wireMe } from './wire.ts'

const ROSTER = '/v1/roster'
const FILE = 'email,name\nada@acme.example,Ada\n'

function open(answers: Answers = {}, rosterEntries: number | null = null) {
  const all = { '/v1/me': wireMe('admin'), '/v1/people': wirePeople([], { rosterEntries }), ...answers }
  return openPage('/people/roster', all)
}

const shows = (page: Element, text: string) =>
  waitUntil(
    text,
    () => textOf(page).includes(text),
    () => textOf(page),
  )

async function upload(page: Element, content: BlobPart): Promise<void> {
  const field = await waitUntil('the field', () => page.querySelector<HTMLInputElement>('input[type=file]'))
  const file = new File([content], 'staff.csv', { type: 'text/csv' })
  Object.defineProperty(field, 'files', { value: [file], configurable: true })
  fireEvent.change(field)
  const button = screen.getByRole('button', { name: 'Upload' })
  await waitUntil('the file to be chosen', () => button.getAttribute('aria-disabled') === 'false')
  fireEvent.click(button)
}

describe('The roster', () => {
  test('says what it is for and that none is set', async () => {
    const { page } = open()
    await shows(page, 'None is set. Until there is one, nobody is reported as having left the company.')
    await shows(page, 'finds people who left the company and still have access')
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull()
  })

  test('is sent as the file has it, and what was stored is said', async () => {
    const { page, sent } = open({ [ROSTER]: { entries: 1 } })
    await upload(page, FILE)
    await shows(page, 'The roster was replaced')
    await shows(page, '1 employee listed.')
    const link = screen.getByRole('link', { name: 'Show people who are not in it' })
    expect(link.getAttribute('href')).toBe('/findings?type=not_in_roster')
    expect(sent).toEqual([{ path: ROSTER, body: FILE }])
  })

  test('names each broken line of a file, of which nothing is stored', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Not valid',
      status: 400,
      detail: 'The request is not valid.',
      code: 'validation_failed',
      errors: [
        { field: 'line 2', message: 'endsOn must be a day' },
        { field: 'body', message: 'has 3 more broken lines' },
      ],
    }
    const { page } = open({ [ROSTER]: () => Response.json(problem, { status: 400 }) })
    await upload(page, FILE)
    await shows(page, 'Nothing was stored: the file has mistakes')
    const lines = [...page.querySelectorAll('[role=alert] li')].map((line) => textOf(line))
    expect(lines).toEqual(['Line 2 endsOn must be a day.', 'The file has 3 more broken lines.'])
  })

  test('does not send a file in another encoding, and says how to save it', async () => {
    const { page, queriesTo } = open()
    await upload(page, new Uint8Array([0x4a, 0xf6, 0x72, 0x67]))
    await shows(page, 'The file is not in UTF-8.')
    expect(queriesTo(ROSTER)).toEqual([])
  })

  test('is removed at the second press only', async () => {
    const { page, queriesTo } = open({ [ROSTER]: () => new Response(null, { status: 204 }) }, 212)
    await shows(page, '212 employees listed.')
    expect(page.querySelector('main a[href="/findings?type=not_in_roster"]')).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
    await waitUntil('the question', () => screen.queryByRole('button', { name: 'Keep it' }))
    expect(queriesTo(ROSTER)).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'Keep it' }))
    fireEvent.click(await waitUntil('the button', () => screen.queryByRole('button', { name: 'Remove' })))
    fireEvent.click(await waitUntil('the question', () => screen.queryByRole('button', { name: 'Remove the roster' })))
    await waitUntil('the request', () => queriesTo(ROSTER).length === 1)
  })

  test('is not shown to others than admins', async () => {
    const { page } = open({ '/v1/me': wireMe('viewer') })
    await shows(page, 'Only admins see the roster')
    expect(page.querySelector('input[type=file]')).toBeNull()
  })
})
