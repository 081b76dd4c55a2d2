import type { WireCosts } from '../../../shared/contracts/costs-contract.ts'
import { openLoadedPage, type Answers } from './open-page.tsx'
import { costDay, wireCosts } from './wire-costs.ts'
import { dataSetState, ID, PATH, wireIntegration, wireMe } from './wire.ts'

export const COSTS = `${PATH}/costs`

/** No two figures are the same: 31 in this month, 0.3 of it in complete days, 8 in the same days of the last, 20 in all of it. */
export const DAYS = [
  costDay('2026-10-01', '8'),
  costDay('2026-10-25', '12'),
  costDay('2026-11-02', '0.1'),
  costDay('2026-11-03', '0.2'),
  { ...costDay('2026-11-23', '30.7'), preliminary: true },
]
const none = { name: null, email: null, userId: null }
const PEOPLE = [
  { userId: 'user/ada', name: 'Ada Lovelace', email: 'ada@acme.example', kind: 'member', amount: '20' },
  { userId: 'lee', name: 'Lee', email: 'lee@acme.example', kind: 'former_member', amount: '10.004' },
  { userId: 'bot-1', name: 'bot', email: null, kind: 'service_account', amount: '4' },
  { ...none, kind: 'not_listed', amount: '3' },
  { ...none, userId: 'key-9', kind: 'key', amount: '2.001' },
  { ...none, kind: 'unattributed', amount: '0.995' },
] as const
const BY = {
  day: DAYS,
  user: [...PEOPLE],
  project: [
    { projectId: 'proj-1', name: 'Search', amount: '30' },
    { projectId: 'proj-2', name: null, amount: '12.0001' },
    { projectId: null, name: null, amount: '-2.0001' },
  ],
  lineItem: [
    { lineItem: 'ink, blue', amount: '39.999' },
    { lineItem: null, amount: '0.001' },
  ],
  key: [
    {
      keyId: 'key-1',
      name: 'Nightly job',
      owner: { id: 'user/ada', name: 'Ada Lovelace', email: 'ada@acme.example' },
      project: { id: 'proj-2', name: null },
      amount: '39',
    },
    { keyId: null, name: null, owner: null, project: null, amount: '1' },
  ],
}

/** The projects of the compared days, by the last of them. */
const COMPARED: Readonly<Record<string, WireCosts['items']>> = {
  '2026-11-22': [
    { projectId: 'proj-1', name: 'Search', amount: '25' },
    { projectId: 'proj-2', name: null, amount: '12' },
  ],
  '2026-10-22': [
    { projectId: 'proj-1', name: 'Search', amount: '20' },
    { projectId: 'proj-9', name: 'Retired', amount: '3' },
  ],
}

interface CostsQuery {
  readonly groupBy: keyof typeof BY
  readonly from: string
  readonly to: string
}

/** Answers each grouping, with the days that were asked for. */
export const answerCosts =
  (overrides: Partial<WireCosts> = {}, days: typeof DAYS = DAYS) =>
  ({ groupBy, from, to }: CostsQuery) =>
    wireCosts(groupBy, itemsOf(groupBy, to, days), { from, to, ...overrides })

function itemsOf(groupBy: CostsQuery['groupBy'], to: string, days: typeof DAYS): WireCosts['items'] {
  if (groupBy === 'day') return days
  return (groupBy === 'project' ? COMPARED[to] : undefined) ?? BY[groupBy]
}

export const ANSWERS: Answers = {
  '/v1/me': wireMe('viewer'),
  [PATH]: wireIntegration({ dataSets: [dataSetState(), dataSetState({ id: 'costs' })] }),
  [COSTS]: answerCosts(),
}

/** Opens Spend, with a view in its address. */
export const openSpend = (search = '', answers: Answers = {}) =>
  openLoadedPage(`/integrations/${ID}/spend${search}`, '[role=table]', { ...ANSWERS, ...answers })
