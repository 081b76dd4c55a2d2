import { beforeAll, describe, expect, test } from '@jest/globals'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, type Answers } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { dataSetState, ID, PATH, wireIntegration, wireMe, wireSync } from './wire.ts'

/** What the page calls the columns of a history, and what stands in them. */
const COLUMNS = {
  state: 'Result',
  when: 'When',
  trigger: 'Started by',
  took: 'Took',
  read: 'Read',
  written: 'Written',
  removedUsers: 'Removed',
}
const STATES = { queued: 'Waiting', running: 'Running', succeeded: 'Succeeded', failed: 'Failed' }
const TRIGGERS = { connect: 'Connecting', schedule: 'Schedule', manual: 'Manual', key_change: 'New key' }
const PHASES = { members: 'Reading members', usage: 'Reading usage', saving: 'Saving' }
const NOTICES = {
  action: 'This integration needs attention',
  expiring: 'The key expires soon',
  failed: 'The last sync failed',
  notAll: 'Not everything could be read',
  nothingRead: 'Nothing has been read yet.',
  fromBefore: 'The figures are from the previous sync.',
}
const ACTIONS = { replaceKey: 'Replace the key', sync: 'Sync now' }
const NO_SYNC = 'No sync yet.'

const PROBLEM = { code: 'invalid_admin_key', detail: 'The key was revoked.' }
const UNREAD = { code: 'insufficient_permissions', detail: 'The key cannot read the prints.' }
const SINCE = '2026-11-24T12:00:00.000Z'
const FAILED = wireSync({ state: 'failed', problem: PROBLEM })

const SYNCS = [
  wireSync({ id: '1', state: 'queued', trigger: 'manual', startedAt: null, finishedAt: null, removedUsers: 0 }),
  wireSync({ id: '2', state: 'running', trigger: 'key_change', finishedAt: null }),
  wireSync({ id: '3', trigger: 'connect', removedUsers: 1 }),
  { ...FAILED, id: '4' },
  wireSync({
    id: '5',
    dataSets: [{ id: 'prints', outcome: 'not_permitted', rows: 0, problem: UNREAD }],
    removedUsers: 0,
  }),
]

function answers(overrides: Partial<WireIntegration>, role: 'viewer' | 'admin', syncs = SYNCS): Answers {
  const none = { items: [], nextCursor: null }
  return {
    '/v1/me': wireMe(role),
    [PATH]: wireIntegration(overrides),
    [`${PATH}/syncs`]: { ...none, items: syncs },
    '/v1/schedules': none,
    '/v1/audit-events': none,
  }
}

const openSettings = (overrides: Partial<WireIntegration> = {}, role: 'viewer' | 'admin' = 'viewer', syncs = SYNCS) =>
  openLoadedPage(`/integrations/${ID}/settings`, 'section', answers(overrides, role, syncs))

describe('The history of syncs', () => {
  let page: Element
  beforeAll(async () => {
    ;({ page } = await openSettings())
  })
  const column = (name: keyof typeof COLUMNS) =>
    rowsOf(page.querySelector('table') ?? page).map((row) => textOf(row[COLUMNS[name]]))

  test('has each field in the column of its name', () => {
    expect(column('read')).toEqual(SYNCS.map(() => '21 people, 22 usage rows'))
    expect(column('written')).toEqual(SYNCS.map(() => '23 people, 24 usage rows'))
    expect(column('removedUsers')).toEqual(['–', '25 people', '1 person', '25 people', '–'])
    expect(column('trigger')).toEqual([
      TRIGGERS.manual,
      TRIGGERS.key_change,
      TRIGGERS.connect,
      TRIGGERS.schedule,
      TRIGGERS.schedule,
    ])
    expect(column('took')).toEqual(['–', '–', '30.0 s', '30.0 s', '30.0 s'])
  })

  test('shows the state of each one, the reason of a failed one, and what a successful one could not read', () => {
    const { queued, running, succeeded, failed } = STATES
    expect(column('state')).toEqual([
      queued,
      running,
      succeeded,
      `${failed}${PROBLEM.detail}`,
      `${succeeded}${UNREAD.detail}`,
    ])
  })

  test('shows when each one began; for a waiting one, when it was queued', () => {
    const times = [...page.querySelectorAll('table time')].map((time) => time.getAttribute('datetime'))
    const [queued] = SYNCS
    expect(times).toEqual([queued?.queuedAt, ...SYNCS.slice(1).map(({ startedAt }) => startedAt)])
  })

  test('says when there is none', async () => {
    const opened = await openSettings({}, 'viewer', [])
    expect(textOf(opened.page)).toContain(NO_SYNC)
  })
})

describe('Above every page of an integration', () => {
  const noticesOf = (page: Element) => textOf(page.querySelector('[role=status]'))
  const isOff = (page: Element) =>
    [...page.querySelectorAll('button')].find((each) => textOf(each) === ACTIONS.sync)?.getAttribute('aria-disabled')

  test('a problem is shown with its fix, and only admins get a link to replace the key', async () => {
    const broken = { state: 'action_required', problem: { ...PROBLEM, since: SINCE }, lastSync: FAILED } as const
    const forViewer = noticesOf((await openSettings(broken)).page)
    expect(forViewer).toBe(`${NOTICES.action}${PROBLEM.detail}`)
    const { page } = await openSettings(broken, 'admin')
    await waitUntil('who is signed in', () => noticesOf(page).includes(ACTIONS.replaceKey))
    expect(page.querySelector('[role=status] a')?.getAttribute('href')).toBe(`/integrations/${ID}/settings#key`)
  })

  test('a data set that could not be read is named, with the time of what is shown instead', async () => {
    const unread = { id: 'prints', state: 'not_permitted', problem: UNREAD } as const
    const before = (await openSettings({ dataSets: [dataSetState(), dataSetState(unread)] })).page
    expect(noticesOf(before)).toContain(`${NOTICES.notAll}${UNREAD.detail} What was read`)
    const never = { ...unread, syncedAt: null, from: null, to: null }
    const { page } = await openSettings({ dataSets: [dataSetState(), dataSetState(never)] })
    expect(noticesOf(page)).toBe(`${NOTICES.notAll}${UNREAD.detail}`)
    expect(noticesOf((await openSettings()).page)).toBe('')
  })

  test('an expiring key is shown as a warning, without a failure', async () => {
    const problem = { code: 'key_expiring', detail: 'The API’s words.', since: SINCE }
    const { page } = await openSettings({ problem, keyExpiresAt: '2026-12-01T12:00:00.000Z', lastSync: FAILED })
    expect(noticesOf(page)).toContain(NOTICES.expiring)
    expect(noticesOf(page)).not.toContain(NOTICES.failed)
    expect(page.querySelector('[role=status] [data-kind]')?.getAttribute('data-kind')).toBe('warn')
  })

  test('a transient failure is shown with the age of the figures', async () => {
    const before = await openSettings({ lastSync: FAILED, lastSuccessfulSyncAt: null })
    expect(noticesOf(before.page)).toBe(`${NOTICES.failed}${PROBLEM.detail} ${NOTICES.nothingRead}`)
    const after = await openSettings({ lastSync: FAILED })
    expect(noticesOf(after.page)).toBe(`${NOTICES.failed}${PROBLEM.detail} ${NOTICES.fromBefore}`)
  })

  test('there is no notice without a problem, and an admin can start a sync', async () => {
    const { page } = await openSettings({}, 'admin')
    expect([noticesOf(page), isOff(page)]).toEqual(['', 'false'])
  })

  test('a running sync is shown with its progress, and no other can be started', async () => {
    const progress = { phase: 'usage', done: 7, total: 60 } as const
    const lastSync = wireSync({ state: 'running', finishedAt: null, progress })
    const { page } = await openSettings({ lastSync }, 'admin')
    expect(noticesOf(page)).toContain(`${PHASES.usage}7 of 60`)
    const bar = page.querySelector('progress')
    expect([bar?.getAttribute('value'), bar?.getAttribute('max'), isOff(page)]).toEqual(['7', '60', 'true'])
  })
})
