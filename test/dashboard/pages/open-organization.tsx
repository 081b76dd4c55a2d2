import { fireEvent, screen, within } from '@testing-library/dom'
import { openLoadedPage, type Answers } from './open-page.tsx'
import {
  ID,
  PATH,
  wireIntegration,
  wireLicenses,
  wireMe,
  wireUsageByDay,
  wireUsageByUser,
  wireUser,
  wireUsers,
} from './wire.ts'

export const USAGE = `${PATH}/usage`
export const USERS = `${PATH}/users`

export const USED_BY = [
  { userId: 'user-1', email: 'ada@acme.example', kind: 'member', requests: 20 },
  { userId: 'bot-1', email: null, kind: 'service_account', requests: 90 },
  { userId: 'user/2', email: null, kind: 'member', requests: 80 },
  { userId: null, email: null, kind: 'former_member', requests: 70 },
] as const

/** An organization with figures in every part of the page. */
export const EVERYTHING: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration(),
  [`${PATH}/licenses`]: wireLicenses(),
  [USAGE]: ({ groupBy }: { groupBy: string }) => (groupBy === 'user' ? wireUsageByUser(USED_BY) : wireUsageByDay()),
  [USERS]: wireUsers([wireUser({ license: 'unused' })], 63),
}

/** Opens the page of an organization. */
export const openOrganization = (answers: Answers = EVERYTHING) => openLoadedPage(`/integrations/${ID}`, 'dl', answers)

/** Chooses one of a group. */
export function choose(group: string, name: string): void {
  fireEvent.click(within(screen.getByRole('radiogroup', { name: group })).getByRole('radio', { name }))
}
