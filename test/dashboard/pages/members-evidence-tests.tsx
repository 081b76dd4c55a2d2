import { describe, expect, test } from '@jest/globals'
import { fireEvent, screen } from '@testing-library/dom'
import { waitUntil } from '../../watchdog.ts'
import { openLoadedPage, type Answers } from './open-page.tsx'
import { rowsOf, textOf } from './read-page.ts'
import { wireInvite, wireInvites } from './wire-lists.ts'
import { dataSetState, ID, PATH, wireIntegration, wireLicenses, wireMe, wireUser, wireUsers } from './wire.ts'

const INVITED = ['Email', 'Role', 'Invited (UTC)', 'Expires (UTC)', 'Status'] as const

const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration(),
  [`${PATH}/licenses`]: wireLicenses(),
  [`${PATH}/users`]: wireUsers([wireUser()]),
}

const openMembers = (answers: Answers) =>
  openLoadedPage(`/integrations/${ID}/members`, '[role=search]', { ...ANSWERS, ...answers })

describe('From where the list of members knows their use', () => {
  const lineOf = async (dataSets: ReturnType<typeof dataSetState>[], sources: string[]) => {
    const { page } = await openMembers({
      [PATH]: wireIntegration({ dataSets }),
      [`${PATH}/licenses`]: wireLicenses({ sources }),
    })
    const line = [...page.querySelectorAll('p')].find((each) => textOf(each).startsWith('Use is known from'))
    return waitUntil('the sources', () => line?.dataset['pending'] === 'false' && textOf(line))
  }
  const [usage, kinds] = [dataSetState({ id: 'usage' }), dataSetState({ id: 'other_usage' })]

  test('is one short sentence when everything was read', async () => {
    expect(await lineOf([usage, kinds], ['usage', 'other_usage'])).toBe(
      'Use is known from requests and other kinds of usage.',
    )
  })

  test('names what was not read, with the reason', async () => {
    const never = { state: 'never_read', syncedAt: null, from: null, to: null } as const
    const unread = [dataSetState({ id: 'other_usage', ...never }), dataSetState({ id: 'keys', ...never })]
    expect(await lineOf([usage, ...unread], ['usage'])).toBe(
      'Use is known from requests. Not read: other kinds of usage and keys (switched off, or not synced yet).',
    )
  })
})

describe('The invited people', () => {
  const INVITES = `${PATH}/invites`
  const openInvited = (answers: Answers, dataSets = [dataSetState(), dataSetState({ id: 'invites' })]) =>
    openLoadedPage(`/integrations/${ID}/members?view=invited`, '[aria-label=View]', {
      ...ANSWERS,
      [PATH]: wireIntegration({ dataSets }),
      ...answers,
    })

  test('are a view of the members page, each field in the column of its name', async () => {
    const expired = wireInvite({ id: 'invite-2', email: null, role: null, expiresAt: null, status: 'expired' })
    const { page } = await openMembers({
      [PATH]: wireIntegration({ dataSets: [dataSetState({ id: 'invites' })] }),
      [INVITES]: wireInvites([wireInvite(), expired]),
    })
    fireEvent.click(screen.getByRole('radio', { name: 'Invited' }))
    const table = await waitUntil('the invitations', () => page.querySelector('[aria-label=Invitations][role=table]'))
    const rows = rowsOf(table).map((row) => INVITED.map((name) => textOf(row[name])))
    expect(rows).toEqual([
      ['ingo@acme.example', 'reader', 'Invited Nov 21, 2026', 'Expires Nov 28, 2026', 'Pending'],
      ['No address known', '–', 'Invited Nov 21, 2026', 'Expired –', 'Expired'],
    ])
    expect(textOf(page)).toContain('2 invitations')
    expect(page.querySelector('[role=search]')).toBeNull()
  })

  test('lead back to the members', async () => {
    const { page } = await openInvited({ [INVITES]: wireInvites([wireInvite()]) })
    fireEvent.click(screen.getByRole('radio', { name: 'Newest' }))
    await waitUntil('the members', () => textOf(page).includes('Ada Lovelace'))
  })

  test('are told apart from invitations that were not read', async () => {
    const none = await openInvited({ [INVITES]: wireInvites([]) })
    await waitUntil('the answer', () => textOf(none.page).includes('No open invitations'))
    const never = { id: 'invites', state: 'never_read', syncedAt: null, from: null, to: null } as const
    const { page } = await openInvited({}, [dataSetState(), dataSetState(never)])
    await waitUntil('the reason', () => textOf(page).includes('Invitations were not readSwitched off'))
  })
})
