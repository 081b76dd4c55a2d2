import { DecompressionStream } from 'node:stream/web'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import type { WireAuditEvent } from '../../../shared/contracts/audit-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { openPage, type Answers } from './open-page.tsx'
import { textOf } from './read-page.ts'
import { wirePeople } from './wire-people.ts'
import { wireMe } from './wire.ts'

// Browsers have it, the simulated one does not.
Object.assign(globalThis, { DecompressionStream })

const ROSTER = '/v1/roster'
const EVENTS = '/v1/audit-events'
const FILE = 'email,name\nada@acme.example,Ada\n'

/** An upload as the audit events have it. */
function wireUpload(overrides: Partial<WireAuditEvent> = {}): WireAuditEvent {
  return {
    id: 'event-1',
    at: '2026-11-03T09:12:30.000Z',
    actor: { subject: '5f0e8c1a', name: 'Ana' },
    action: 'edit',
    operation: 'replaceRoster',
    integrationId: null,
    findingId: null,
    changedFields: [],
    outcome: 'succeeded',
    code: null,
    ...overrides,
  }
}

/** What the API answers to a file with mistakes. */
const MISTAKES = {
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

/** A page of audit events. */
const wireEvents = (items: readonly WireAuditEvent[], nextCursor: string | null = null) => ({ items, nextCursor })

function open(answers: Answers = {}, rosterEntries: number | null = null) {
  const all = {
    '/v1/me': wireMe('admin'),
    '/v1/people': wirePeople([], { rosterEntries }),
    [EVENTS]: wireEvents([wireUpload()]),
    ...answers,
  }
  return openPage('/people/roster', all)
}

const shows = (page: Element, text: string) =>
  waitUntil(
    text,
    () => textOf(page).includes(text),
    () => textOf(page),
  )

async function choose(page: Element, content: BlobPart, name = 'staff.csv'): Promise<void> {
  const field = await waitUntil('the field', () => page.querySelector<HTMLInputElement>('input[type=file]'))
  const file = new File([content], name, { type: 'text/csv' })
  Object.defineProperty(field, 'files', { value: [file], configurable: true })
  fireEvent.change(field)
}

async function upload(page: Element, content: BlobPart, name?: string): Promise<void> {
  await choose(page, content, name)
  const button = await waitUntil('the file to be chosen', () =>
    screen.queryAllByRole('button', { name: 'Upload' }).find((each) => each.getAttribute('aria-disabled') === 'false'),
  )
  fireEvent.click(button)
}

const isUploadOff = () => screen.getByRole('button', { name: 'Upload' }).getAttribute('aria-disabled') === 'true'

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
    const { page } = open({ [ROSTER]: () => Response.json(MISTAKES, { status: 400 }) })
    await upload(page, FILE)
    await shows(page, 'Nothing was stored: the file has mistakes')
    const lines = [...page.querySelectorAll('[role=alert] li')].map((line) => textOf(line))
    expect(lines).toEqual(['Line 2 endsOn must be a day.', 'The file has 3 more broken lines.'])
  })

  test('cannot be replaced by a file in another encoding, and how to save it is said', async () => {
    const { page } = open({}, 212)
    await choose(page, new Uint8Array([0x4a, 0xf6, 0x72, 0x67]))
    await shows(page, 'The file is not in UTF-8.')
    expect(isUploadOff()).toBe(true)
  })

  test('is unpacked from a gzip file, of which the employees are counted', async () => {
    const { page, sent } = open({ [ROSTER]: { entries: 1 } }, 212)
    await upload(page, new Uint8Array(gzipSync(FILE)), 'staff.csv.gz')
    await shows(page, 'staff.csv.gz lists 1 employee.')
    fireEvent.click(screen.getByRole('button', { name: 'Replace the roster' }))
    await shows(page, 'The roster was replaced')
    expect(sent).toEqual([{ path: ROSTER, body: FILE }])
  })

  test('cannot be replaced by a gzip file that is damaged', async () => {
    const { page } = open({}, 212)
    await choose(page, new Uint8Array(gzipSync(FILE).subarray(0, 20)), 'staff.csv.gz')
    await shows(page, 'The file is compressed and cannot be unpacked. Unpack it first, or choose another one.')
    expect(isUploadOff()).toBe(true)
  })

  test('cannot be replaced by a file without employees', async () => {
    const { page } = open({}, 212)
    await choose(page, 'email,name\n')
    await shows(page, 'staff.csv lists no employees. Choose another file.')
    expect(isUploadOff()).toBe(true)
  })

  test('cannot be replaced again by a file that was refused for its mistakes, until one is chosen', async () => {
    const { page, queriesTo } = open({ [ROSTER]: () => Response.json(MISTAKES, { status: 400 }) }, 212)
    await upload(page, FILE)
    await shows(page, 'staff.csv lists 1 employee.')
    fireEvent.click(screen.getByRole('button', { name: 'Replace the roster' }))
    await shows(page, 'Nothing was stored: the file has mistakes')
    expect(screen.queryByRole('button', { name: 'Replace the roster' })).toBeNull()
    expect(isUploadOff()).toBe(true)
    expect(queriesTo(ROSTER)).toHaveLength(1)
    await upload(page, FILE)
    await waitUntil('the question', () => screen.queryByRole('button', { name: 'Replace the roster' }))
    expect(textOf(page)).not.toContain('the file has mistakes')
  })

  test('can be replaced by the same file again when the API could not take it', async () => {
    const { page } = open({ [ROSTER]: () => new Response('', { status: 500 }) }, 212)
    await upload(page, FILE)
    await shows(page, 'staff.csv lists 1 employee.')
    fireEvent.click(screen.getByRole('button', { name: 'Replace the roster' }))
    await shows(page, 'Rollcall answered with an error (500)')
    expect(screen.queryByRole('button', { name: 'Replace the roster' })).not.toBeNull()
  })

  test('says when and by whom it was uploaded, as the newest upload that succeeded has it', async () => {
    const { page, queriesTo } = open(
      {
        [EVENTS]: ({ cursor }: { cursor?: string }) =>
          cursor === undefined
            ? wireEvents([wireUpload({ outcome: 'failed', code: 'validation_failed' })], 'next')
            : wireEvents([wireUpload(), wireUpload({ at: '2026-10-01T00:00:00.000Z' })]),
      },
      212,
    )
    await shows(page, 'Uploaded on Nov 3, 2026 (UTC)')
    await shows(page, 'by Ana.')
    const asked = { operation: 'replaceRoster', limit: '20' }
    expect(queriesTo(EVENTS)).toEqual([asked, { ...asked, cursor: 'next' }])
  })

  test('was never uploaded in the future, however late the clock of the page is', async () => {
    const at = '2999-01-01T00:00:00.000Z'
    const { page } = open({ [EVENTS]: wireEvents([wireUpload({ at })]) }, 212)
    await shows(page, 'Uploaded on Jan 1, 2999 (UTC), just now')
  })

  test('that was uploaded before all audit events says that this is not known', async () => {
    const { page } = open({ [EVENTS]: wireEvents([]) }, 212)
    await shows(page, 'No audit event of the last 400 days says when and by whom it was uploaded.')
    await shows(page, '212 employees listed.')
  })

  test('shows its size when the audit events cannot be loaded', async () => {
    const { page } = open({ [EVENTS]: () => new Response('', { status: 500 }) }, 212)
    await waitUntil('the failure', () => screen.queryByRole('button', { name: 'Try again' }))
    await shows(page, '212 employees listed.')
  })

  test('is replaced at the second press only, after both numbers of employees were said', async () => {
    const { page, queriesTo, sent } = open({ [ROSTER]: { entries: 1 } }, 212)
    await upload(page, FILE)
    await shows(page, 'The current roster of 212 employees is replaced. staff.csv lists 1 employee.')
    expect(queriesTo(ROSTER)).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'Keep the current one' }))
    await upload(page, FILE, 'late.csv')
    await shows(page, 'late.csv lists 1 employee.')
    const replace = screen.getByRole('button', { name: 'Replace the roster' })
    await waitUntil('the focus in place of the pressed button', () => document.activeElement === replace)
    fireEvent.click(replace)
    await shows(page, 'The roster was replaced')
    expect(sent).toEqual([{ path: ROSTER, body: FILE }])
    expect(document.activeElement).toBe(page.querySelector('input[type=file]'))
    expect(screen.queryByRole('button', { name: 'Replace the roster' })).toBeNull()
  })

  test('that may be there is asked about, too', async () => {
    const { page, queriesTo } = open({ '/v1/people': () => new Response('', { status: 500 }) })
    await upload(page, FILE)
    await shows(page, 'The current roster, if there is one, is replaced. staff.csv lists 1 employee.')
    expect(queriesTo(ROSTER)).toEqual([])
  })

  test('is removed at the second press only', async () => {
    const { page, queriesTo } = open({ [ROSTER]: () => new Response(null, { status: 204 }) }, 212)
    await shows(page, '212 employees listed.')
    expect(page.querySelector('main a[href="/findings?type=not_in_roster"]')).not.toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
    await waitUntil('the question', () => screen.queryByRole('button', { name: 'Keep it' }))
    expect(textOf(page)).toContain('The roster of 212 employees is deleted.')
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
