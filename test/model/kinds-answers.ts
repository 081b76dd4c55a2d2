import { asOfAnswer, userGroups } from './answers.ts'
import { kindSum, type ModelOthers, olderOfKinds } from './kinds.ts'
import type { Model } from './model.ts'
import type { ModelOtherUsage } from './organization.ts'
import { dayAfter, dayAt, type ModelWindow, order } from './rules.ts'

/** The kind of `usage`. */
const PRIMARY_KIND = { openai: 'completions', anthropic: 'requests' } as const

export type KindGrouping = 'day' | 'model' | 'user' | 'kind'

/** What is used of a kind on a day by somebody, with the kind’s sums of any of them. */
interface Entry {
  readonly day: string
  readonly userId: string | null
  readonly kind: string
  readonly model: string | null
  readonly requests: number
}

/** Usage of one other kind in a range of the window. Null when there is no reading of it. */
export function kindAnswer(
  model: Model,
  nowMs: number,
  { kind, groupBy }: { readonly kind: string; readonly groupBy: KindGrouping },
  range: Partial<ModelWindow>,
) {
  const published = model.published?.others ?? null
  if (published === null) return null
  if (published.missing.some((each) => each.kind === kind && each.readAtMs === null)) return null
  const shown = { ...published.window, ...range }
  const rows = published.rows.filter((row) => row.kind === kind && shown.from <= row.day && row.day <= shown.to)
  const latestDay = latestKnownDay(kind, published, shown)
  const sumOf = (own: readonly ModelOtherUsage[], latest = latestDay) => kindSum(kind, own, latest)
  const items = grouped(model, rows, groupBy, {
    sum: sumOf,
    // Of a single day, all counts.
    sumOfDay: (own) => ({
      ...sumOf(own, own[0]?.day ?? null),
      models: modelsOf(own, (each) => sumOf(each, own[0]?.day ?? null)),
    }),
  })
  return { asOf: asOfAnswer({ published }, nowMs), ...shown, groupBy, items, nextCursor: null, total: sumOf(rows) }
}

/**
 * “Bytes are those of the latest day”: of the range, as far as it was read. The day of the reading had not ended, so it counts only
 * with data. Null: none of the range is known.
 */
function latestKnownDay(
  kind: string,
  { rows, missing, window }: ModelOthers,
  { from, to }: ModelWindow,
): string | null {
  const readAtMs = missing.find((each) => each.kind === kind)?.readAtMs ?? null
  const lastRead = readAtMs === null ? window.to : dayAt(readAtMs)
  const isOpen = lastRead <= to && !rows.some((row) => row.kind === kind && row.day === lastRead)
  const latest = [isOpen ? dayAfter(lastRead, -1) : lastRead, to].toSorted(order)[0] ?? to
  return latest < from ? null : latest
}

/** Requests of all kinds in a range of the window. */
export function allKindsAnswer(model: Model, nowMs: number, groupBy: KindGrouping, range: Partial<ModelWindow>) {
  const { published } = model
  if (published === null) return null
  const shown = { ...published.window, ...range }
  const completions = published.usage.map((row): Entry => ({ ...row, kind: PRIMARY_KIND[model.provider] }))
  const entries: readonly Entry[] = [...completions, ...(published.others?.rows ?? [])]
  const rows = entries.filter(({ day }) => shown.from <= day && day <= shown.to)
  const sum = (own: readonly Entry[]) => ({ requests: own.reduce((total, row) => total + row.requests, 0) })
  const kindsOf = (own: readonly Entry[]) =>
    [...Map.groupBy(own, ({ kind }) => kind)]
      .map(([kind, each]) => ({ kind, ...sum(each) }))
      .toSorted((left, right) => order(left.kind, right.kind))
  const sumOfDay = (own: readonly Entry[]) => ({ ...sum(own), kinds: kindsOf(own), models: modelsOf(own, sum) })
  const items = grouped(model, rows, groupBy, { sum, sumOfDay })
  const asOf = asOfAnswer({ published: olderOfKinds(model) }, nowMs)
  return { asOf, ...shown, groupBy, items, nextCursor: null, total: sum(rows) }
}

interface Sums<Row> {
  readonly sum: (rows: readonly Row[]) => { readonly requests: number; readonly quantity?: number | null }
  readonly sumOfDay: (rows: readonly Row[]) => object
}

/** The largest first, by day the oldest. Without what is nothing. */
function grouped<Row extends Entry>(
  model: Model,
  rows: readonly Row[],
  groupBy: KindGrouping,
  { sum, sumOfDay }: Sums<Row>,
): object[] {
  if (groupBy === 'day') {
    return [...Map.groupBy(rows, ({ day }) => day)]
      .toSorted(([left], [right]) => order(left, right))
      .map(([day, own]) => ({ day, ...sumOfDay(own) }))
  }
  // Of all kinds, and of one without a quantity that is shown, every row is of some use.
  const isNothing = ({ requests, quantity }: ReturnType<Sums<Row>['sum']>) => requests === 0 && quantity === 0
  if (groupBy === 'user') {
    const { own, rest } = userGroups(model, rows)
    const summed = own
      .map((group) => ({ user: group.user, sums: sum(group.rows) }))
      .toSorted((left, right) => right.sums.requests - left.sums.requests || order(left.user.userId, right.user.userId))
    const others = rest.filter((group) => group.rows.length > 0)
    return [...summed, ...others.map((group) => ({ user: group.user, sums: sum(group.rows) }))]
      .filter(({ sums }) => !isNothing(sums))
      .map(({ user, sums }) => ({ ...user, ...sums }))
  }
  return [...Map.groupBy(rows, (row) => row[groupBy])]
    .map(([label, own]) => ({ label, sums: sum(own) }))
    .filter(({ sums }) => !isNothing(sums))
    .toSorted((left, right) => right.sums.requests - left.sums.requests || order(left.label ?? '', right.label ?? ''))
    .map(({ label, sums }) => ({ [groupBy]: label, ...sums }))
}

function modelsOf<Row extends Entry>(rows: readonly Row[], sum: (rows: readonly Row[]) => object): object[] {
  return [...Map.groupBy(rows, ({ model }) => model)]
    .toSorted(([left], [right]) => order(left ?? '', right ?? ''))
    .map(([model, own]) => ({ model, ...sum(own) }))
}
