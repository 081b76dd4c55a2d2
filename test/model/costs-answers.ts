import { asOfAnswer, userGroups } from './answers.ts'
import type { Model, ModelPublished } from './model.ts'
import { attributionOf, costsWindow, type ModelCost, ownerKinds, personRows, type Shown, shown } from './costs.ts'
import { currenciesOf, inRange, storedCosts, sumText } from './stored-costs.ts'
import { dayAfter, type ModelWindow, order } from './rules.ts'

/** “`{asOf, from, to, groupBy, attribution, currency, items, total}`; the most costly first, by day oldest first.” Null if never read. */
export function costsAnswer(model: Model, nowMs: number, groupBy: string, range: Partial<ModelWindow> = {}) {
  const { published } = model
  if (published === null || published.costs === null) return null
  const asked = { ...published.costs.window, ...range }
  const { currency, rowsOf } = shown(published, asked)
  const others = currenciesOf(published).filter((each) => each !== currency)
  const totalIn = (each: string) =>
    inRange(published, asked).filter((row) => row.report === 'total' && row.currency === each)
  return {
    asOf: asOfCosts(model, nowMs),
    ...asked,
    groupBy,
    attribution: attributionOf(published),
    currency,
    items: itemsBy(model, groupBy, rowsOf),
    nextCursor: null,
    total: currency === null ? '0' : sumText(totalIn(currency)),
    otherCurrencies: others.map((each) => ({ currency: each, total: sumText(totalIn(each)) })),
  }
}

/** A user's days with costs, oldest first. Null if costs were never read. */
export function userCostsAnswer(model: Model, nowMs: number, userId: string, range: Partial<ModelWindow> = {}) {
  const { published } = model
  if (published === null || published.costs === null) return null
  const { currency, rowsOf } = shown(published, { ...published.costs.window, ...range })
  const own = personRows(published, rowsOf).filter((row) => row.userId === userId)
  const items = groups(own, ({ day }) => day).map(([day, rows]) => ({
    day,
    amount: sumText(rows),
    preliminary: isPreliminary(model, day),
  }))
  return { asOf: asOfCosts(model, nowMs), attribution: attributionOf(published), currency, items, nextCursor: null }
}

/** The charges of a FOCUS file: day, project, line item, currency and amount, in all currencies. */
export function focusCharges({ published }: Model, range: Partial<ModelWindow>): string[][] {
  if (published === null || published.costs === null) return []
  const { from, to } = { ...published.costs.window, ...range }
  const report = published.costs.missing.some((each) => each.report === 'project') ? 'total' : 'project'
  return storedCosts(published.costs)
    .filter((row) => row.report === report && from <= row.day && row.day <= to)
    .map(({ day, subject, lineItem, currency, units }) => [
      day,
      subject ?? '',
      lineItem ?? 'Attributed to no line item',
      currency,
      units,
    ])
}

function asOfCosts({ published }: Model, nowMs: number) {
  const asOf = asOfAnswer({ published: published?.costs ?? null }, nowMs)
  return published?.costs && asOf && { ...asOf, ...costsWindow(published.costs.window) }
}

/** “Today and yesterday are marked”: those of the reading. */
function isPreliminary({ published }: Model, day: string): boolean {
  return day >= dayAfter(published?.costs?.window.to ?? '9999-12-31', -1)
}

function itemsBy(model: Model, groupBy: string, rowsOf: Shown['rowsOf']): readonly object[] {
  const { published } = model
  if (published === null) return []
  const names = projectNames(model)
  const projects = (rows: readonly ModelCost[]) =>
    groups(rows, ({ subject }) => subject).map(([projectId, own]) => ({
      projectId,
      name: names.get(projectId ?? '') ?? null,
      amount: sumText(own),
    }))
  const lineItems = (rows: readonly ModelCost[]) =>
    groups(rows, ({ lineItem }) => lineItem).map(([lineItem, own]) => ({ lineItem, amount: sumText(own) }))
  switch (groupBy) {
    case 'user':
      return people(model, personRows(published, rowsOf))
    case 'project':
      return largestFirst(projects(rowsOf('project')))
    case 'lineItem':
      return largestFirst(lineItems(rowsOf('project')))
    case 'key':
      return largestFirst(
        groups(rowsOf('key'), ({ subject }) => subject).map(([keyId, own]) => ({
          keyId,
          ...namesOfKey(published, keyId),
          amount: sumText(own),
        })),
      )
    default:
      return (
        [...Map.groupBy(rowsOf('project'), ({ day }) => day)]
          .toSorted(([left], [right]) => order(left, right))
          .map(([day, own]) => ({
            day,
            amount: sumText(own),
            preliminary: isPreliminary(model, day),
            projects: projects(own),
            lineItems: lineItems(own),
          }))
          // A day whose parts add up to nothing had costs.
          .filter(({ amount, ...parts }) => amount !== '0' || [...parts.projects, ...parts.lineItems].length > 0)
      )
  }
}

function people(model: Model, rows: readonly ModelCost[]) {
  const kinds = model.published === null ? new Map<string, string>() : ownerKinds(model.published, rows)
  const { own, rest } = userGroups(model, rows, kinds)
  const withAmount = ({ user, rows: some }: (typeof own)[number]) => ({ ...user, amount: sumText(some) })
  const sorted = own
    .toSorted((left, right) => order(left.user.userId, right.user.userId))
    .map((group) => withAmount(group))
  return [
    ...largestFirst(sorted),
    ...rest
      .filter(({ rows: some }) => some.length > 0)
      .map(({ user, rows: some }) => ({ ...user, amount: sumText(some) })),
  ].filter(({ amount }) => amount !== '0')
}

function projectNames({ published }: Model): Map<string, string | null> {
  const ofKeys = (published?.keys?.items ?? []).flatMap(({ project }) => (project === null ? [] : [project]))
  const ofPeople = (published?.people ?? []).flatMap(({ projects }) => projects ?? [])
  return new Map([...ofPeople, ...ofKeys].map(({ id, name }) => [id, name]))
}

/** What the list of keys says of one; its owner’s names can be in the directory alone. */
function namesOfKey({ keys, people: known }: ModelPublished, keyId: string | null) {
  const key = keys?.items.find(({ id }) => id === keyId)
  const person = known.find(({ id }) => id === key?.owner?.id)
  const owner = key?.owner && {
    id: key.owner.id,
    name: key.owner.name ?? person?.name ?? null,
    email: key.owner.email ?? person?.email ?? null,
  }
  return { name: key?.name ?? null, owner: owner ?? null, project: key?.project ?? null }
}

/** By name, those that name nothing first. Groups that add up to nothing are left out. */
function groups<Name extends string | null>(rows: readonly ModelCost[], nameOf: (row: ModelCost) => Name) {
  return [...Map.groupBy(rows, nameOf)]
    .filter(([, own]) => sumText(own) !== '0')
    .toSorted(([left], [right]) => order(left ?? '', right ?? ''))
}

function largestFirst<Item extends { readonly amount: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => Number(right.amount) - Number(left.amount))
}
