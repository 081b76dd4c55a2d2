import { asOfAnswer, userGroups } from './answers.ts'
import type { Model } from './model.ts'
import { attributionOf, currenciesOf, inRange, personRows, type Shown, shown, sumText } from './costs.ts'
import { costsWindow, type ModelCost } from './raw-costs.ts'
import { dayAfter, type ModelWindow, order } from './rules.ts'

/** “`{asOf, from, to, groupBy, attribution, currency, items, total}`; the most costly first, by day oldest first.” */
export function costsAnswer(model: Model, nowMs: number, groupBy: string, range: Partial<ModelWindow> = {}) {
  const { published } = model
  if (published?.costs == null) throw new Error('The model has no costs.')
  const window = costsWindow(published.window)
  const asked = { from: published.window.from, to: window.to, ...range }
  const { currency, rowsOf } = shown(published, asked)
  const others = currenciesOf(published).filter((each) => each !== currency)
  const totalIn = (each: string) =>
    inRange(published, asked).filter((row) => row.report === 'total' && row.currency === each)
  const asOf = asOfAnswer(model, nowMs)
  return {
    asOf: asOf && { ...asOf, ...window },
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
          name: model.published?.keys?.find((key) => key.id === keyId)?.name ?? null,
          amount: sumText(own),
        })),
      )
    default:
      return groups(rowsOf('project'), ({ day }) => day).map(([day, own]) => ({
        day,
        amount: sumText(own),
        preliminary: day !== null && day >= dayAfter(model.published?.window.to ?? '', -1),
        projects: projects(own),
        lineItems: lineItems(own),
      }))
  }
}

function people(model: Model, rows: readonly ModelCost[]) {
  const { own, rest } = userGroups(model, rows)
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
  const ofKeys = (published?.keys ?? []).flatMap(({ project }) => (project === null ? [] : [project]))
  const ofPeople = (published?.people ?? []).flatMap(({ projects }) => projects ?? [])
  return new Map([...ofPeople, ...ofKeys].map(({ id, name }) => [id, name]))
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
