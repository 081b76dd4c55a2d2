import { amountText } from './amounts.ts'
import { userGroups } from './answers.ts'
import {
  companyPeople,
  employeeOf,
  latestOf,
  type ModelCompanyPerson,
  type ModelIntegration,
  type ModelRoster,
} from './company.ts'
import { type ModelCost, ownerKinds, personRows } from './costs.ts'
import { currenciesOf, inRange } from './stored-costs.ts'
import type { Model, ModelPublished } from './model.ts'
import { dayAfter, isOutside, isOwner, type ModelWindow, order } from './rules.ts'

type Asked = Partial<ModelWindow>

/** The sums of one subject in a currency. */
interface Sum {
  readonly subject: object
  readonly currency: string
  units: bigint
}

/** “`people` counts persons with an active membership once; seats and licenses count memberships.” */
export function overviewPeople(integrations: readonly ModelIntegration[]) {
  const active = companyPeople(integrations)
    .map((person) => person.filter(({ user }) => user.accountStatus === 'active'))
    .filter(({ length }) => length > 0)
  const outside = active
    .map((person) => person.filter(({ integration, user }) => isOutside(user.email, integration.model.domains)))
    .filter(({ length }) => length > 0)
  const users = active.flat().map(({ user }) => user)
  const seats = (type: string) => users.filter(({ seat }) => seat?.type === type).length
  const licenses = (status: string) => users.filter(({ license }) => license === status).length
  return {
    people: active.length,
    outsiders: {
      people: outside.length,
      owners: outside.filter((person) => person.some(({ user }) => isOwner(user))).length,
    },
    seats: { member: seats('member'), guest: seats('guest') },
    licenses: { inUse: licenses('in_use'), unused: licenses('unused'), noData: licenses('no_data') },
  }
}

/** This month, the same days of the last one, and all of the last one. All readings are of the same day. */
export function overviewCosts(integrations: readonly ModelIntegration[]) {
  const to = publishedIn(integrations).map(({ window }) => window.to)[0] ?? ''
  const first = `${to.slice(0, 7)}-01`
  const lastTo = dayAfter(first, -1)
  const last = { from: `${lastTo.slice(0, 7)}-01`, to: lastTo }
  const total = (currency: string, days: ModelWindow) =>
    amountText(
      publishedIn(integrations)
        .flatMap((published) => inRange(published, days))
        .filter((row) => row.report === 'total' && row.currency === currency)
        .reduce((sum, { units }) => sum + units, 0n),
    )
  const sameDays = (until: string) => {
    const day = `${last.from.slice(0, 7)}${until.slice(7)}`
    return { from: last.from, to: order(day, last.to) < 0 ? day : last.to }
  }
  const finishedTo = dayAfter(to, -2)
  return currenciesIn(integrations).map((currency) => ({
    currency,
    to,
    thisMonth: total(currency, { from: first, to }),
    sameDaysLastMonth: total(currency, sameDays(to)),
    lastMonth: total(currency, last),
    finished: {
      to: finishedTo,
      thisMonth: total(currency, { from: first, to: finishedTo }),
      sameDaysLastMonth: total(currency, sameDays(finishedTo)),
    },
  }))
}

/** “Over all organizations, by currency”: the items of a grouping, and the totals. */
export function companyCosts(
  integrations: readonly ModelIntegration[],
  { groupBy, asked = {}, roster = new Map() }: { groupBy: string; asked?: Asked; roster?: ModelRoster },
) {
  const people = companyPeople(integrations)
  const peopleIn = new Map<string, Set<ModelCompanyPerson>>()
  const sums = new Map<string, Sum>()
  for (const { integration, currency, rows } of rowsBy(integrations, asked)) {
    for (const { subject, person, units } of subjectsOf(integration, { groupBy, people, roster, rows })) {
      const key = JSON.stringify([currency, subject])
      peopleIn.set(key, new Set([...(peopleIn.get(key) ?? []), ...(person === null ? [] : [person])]))
      const sum = sums.get(key) ?? { subject, currency, units: 0n }
      sum.units += units
      sums.set(key, sum)
    }
  }
  const items = [...sums]
    .filter(([, { units }]) => units !== 0n)
    .map(([key, { subject, currency, units }]) => ({
      ...subject,
      ...(groupBy === 'department' && { people: peopleIn.get(key)?.size }),
      currency,
      amount: amountText(units),
    }))
  return { items, totals: totals(integrations, asked) }
}

function totals(integrations: readonly ModelIntegration[], asked: Asked) {
  const parts = rowsBy(integrations, asked)
  return currenciesIn(integrations).map((currency) => ({
    currency,
    amount: sumOf(parts.filter((part) => part.currency === currency).flatMap(({ rows }) => totalRows(rows))),
  }))
}

/** The rows of all reports, by organization and currency. Days that are not asked for are those of its window. */
function rowsBy(integrations: readonly ModelIntegration[], asked: Asked) {
  return integrations.flatMap((integration) => {
    const { published } = integration.model
    if (published === null || published.costs === null) return []
    const { window } = published.costs
    const range = { ...window, ...asked }
    return currenciesOf(published).map((currency) => ({
      integration,
      currency,
      rows: inRange(published, range).filter((row) => row.currency === currency),
    }))
  })
}

interface Grouped {
  readonly groupBy: string
  readonly people: readonly ModelCompanyPerson[]
  readonly roster: ModelRoster
  readonly rows: readonly ModelCost[]
}

function subjectsOf({ id, name, model }: ModelIntegration, { groupBy, people, roster, rows }: Grouped) {
  if (groupBy === 'integration') {
    const subject = { integrationId: id, integrationName: name, provider: model.provider }
    return totalRows(rows).map(({ units }) => ({ subject, person: null, units }))
  }
  return ownersIn(model, rows).map(({ user, rows: own }) => {
    const units = own.reduce((sum, row) => sum + row.units, 0n)
    const isSame = ({ integration, user: { id: userId } }: ModelCompanyPerson[number]) =>
      integration.id === id && userId === user.userId
    const isPerson = user.kind === 'member' || user.kind === 'former_member'
    const person = (isPerson ? people.find((each) => each.some(isSame)) : undefined) ?? null
    return { units, person, subject: subjectOf(groupBy, person, { kind: user.kind, roster }) }
  })
}

function subjectOf(
  groupBy: string,
  person: ModelCompanyPerson | null,
  { kind, roster }: { readonly kind: string; readonly roster: ModelRoster },
) {
  if (groupBy === 'person') return person === null ? otherSubject(kind) : personSubject(person)
  const department = person === null ? null : (employeeOf(person, roster)?.department ?? null)
  return { department, kind: person === null ? kind : 'person' }
}

function ownersIn(model: Model, rows: readonly ModelCost[]) {
  const { published } = model
  if (published === null) return []
  const ofReport = (report: string) => rows.filter((row) => row.report === report)
  const ofPeople = personRows(published, ofReport)
  const { own, rest } = userGroups(model, ofPeople, ownerKinds(published, ofPeople))
  return [...own, ...rest]
}

function personSubject(person: ModelCompanyPerson) {
  const isMember = person.some(({ user }) => user.removedAt === null)
  const { email } = latestOf(person).user
  const name = latestOf(person).user.name ?? person.find(({ user }) => user.name !== null)?.user.name ?? null
  return { userIds: person.map(({ user }) => user.id), name, email, kind: isMember ? 'member' : 'former_member' }
}

function otherSubject(kind: string) {
  return { userIds: null, name: null, email: null, kind }
}

function totalRows(rows: readonly ModelCost[]): ModelCost[] {
  return rows.filter(({ report }) => report === 'total')
}

function sumOf(rows: readonly ModelCost[]): string {
  return amountText(rows.reduce((sum, { units }) => sum + units, 0n))
}

function publishedIn(integrations: readonly ModelIntegration[]): ModelPublished[] {
  return integrations.flatMap(({ model }) => model.published ?? [])
}

function currenciesIn(integrations: readonly ModelIntegration[]): string[] {
  return [...new Set(publishedIn(integrations).flatMap((published) => currenciesOf(published)))].toSorted()
}
