import { asOfAnswer, userGroups } from './answers.ts'
import type { Model } from './model.ts'
import { amountText, costsWindow, type ModelCost } from './raw-costs.ts'
import { dayAfter, type ModelWindow, order } from './rules.ts'

/** The costs that an answer shows: of one report, in the currency of the largest total, in a range. */
interface Shown {
  readonly currency: string | null
  readonly rowsOf: (report: string) => readonly ModelCost[]
}

/** “`{asOf, from, to, groupBy, attribution, currency, items, total}`; the most costly first, by day oldest first.” */
export function costsAnswer(model: Model, nowMs: number, groupBy: string, range: Partial<ModelWindow> = {}) {
  const { published } = model
  if (published?.costs == null) throw new Error('The model has no costs.')
  const window = costsWindow(published.window)
  const asked = { from: published.window.from, to: window.to, ...range }
  const { currency, rowsOf } = shown(model, asked)
  const others = currenciesOf(model).filter((each) => each !== currency)
  const totalIn = (each: string) =>
    inRange(model, asked).filter((row) => row.report === 'total' && row.currency === each)
  const asOf = asOfAnswer(model, nowMs)
  return {
    asOf: asOf && { ...asOf, ...window },
    ...asked,
    groupBy,
    attribution: attributionOf(model),
    currency,
    items: itemsBy(model, groupBy, rowsOf),
    nextCursor: null,
    total: currency === null ? '0' : sumText(totalIn(currency)),
    otherCurrencies: others.map((each) => ({ currency: each, total: sumText(totalIn(each)) })),
  }
}

/** “`cost` of a user or key is that of the window in the main currency.” */
export function costOfUser(model: Model, userId: string) {
  const { published } = model
  const { currency, rowsOf } = shown(model, published?.window ?? { from: '', to: '' })
  if (published?.costs == null || currency === null || attributionOf(model) === null) return null
  return { amount: sumText(personRows(model, rowsOf).filter((row) => row.userId === userId)), currency }
}

function itemsBy(model: Model, groupBy: string, rowsOf: Shown['rowsOf']): readonly object[] {
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
      return people(model, personRows(model, rowsOf))
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

/** “`provider`, `key_owner` (joined over the keys' owners where the provider refuses people), or null.” */
function attributionOf({ published }: Model): string | null {
  const rows = published?.costs?.rows ?? []
  if (rows.some((row) => row.report === 'user')) return 'provider'
  const knowsOwners = (published?.keys ?? []).some((key) => key.owner !== null)
  return knowsOwners && rows.some((row) => row.report === 'key') ? 'key_owner' : null
}

function personRows(model: Model, rowsOf: Shown['rowsOf']): readonly ModelCost[] {
  if (attributionOf(model) !== 'key_owner') return rowsOf('user')
  const owners = new Map((model.published?.keys ?? []).map((key) => [key.id, key.owner?.id ?? null]))
  return rowsOf('key').map((row) => ({ ...row, userId: owners.get(row.subject ?? '') ?? null }))
}

/** A report that was refused leaves everything unattributed. */
function shown(model: Model, range: ModelWindow): Shown {
  const [currency = null] = currenciesOf(model)
  const rows = inRange(model, range).filter((row) => row.currency === currency)
  const rowsOf = (report: string) => {
    const isMissing = model.published?.costs?.missing.includes(report) === true
    return rows.filter((row) => row.report === (isMissing ? 'total' : report))
  }
  return { currency, rowsOf }
}

function inRange({ published }: Model, { from, to }: ModelWindow): ModelCost[] {
  return (published?.costs?.rows ?? []).filter(({ day }) => from <= day && day <= to)
}

function currenciesOf({ published }: Model): string[] {
  const totals = Map.groupBy(
    (published?.costs?.rows ?? []).filter((row) => row.report === 'total' && row.units !== 0n),
    (row) => row.currency,
  )
  const size = (rows: readonly ModelCost[] = []) => Math.abs(Number(rows.reduce((sum, row) => sum + row.units, 0n)))
  return [...totals.keys()].toSorted((left, right) => size(totals.get(right)) - size(totals.get(left)))
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

function sumText(rows: readonly ModelCost[]): string {
  return amountText(rows.reduce((sum, { units }) => sum + units, 0n))
}
