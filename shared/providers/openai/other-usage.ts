import type { MissingPart } from '../../data-sets/data-set.ts'
import { DayTableBuilder } from '../../data-sets/day-series/day-table-builder.ts'
import { otherUsage, type OtherUsageRow } from '../../data-sets/other-usage/other-usage.ts'
import type { Day } from '../../domain/day.ts'
import { ProviderError } from '../../domain/problem.ts'
import { type Window, windowLength } from '../../domain/window.ts'
import { readConcurrently } from '../http/concurrent-ranges.ts'
import { RequestRefusedError } from '../http/errors.ts'
import type { SeriesReading } from '../provider.ts'
import { type DayReadOptions, readDays } from './day-ranges.ts'
import type { KindReport, KindRow } from './other-kinds.ts'

/** Each kind reads its ranges concurrently, so of 60 days, four requests are open at once. */
const KINDS_AT_ONCE = 2
const NOT_FOUND = 404
/** The problems of a 403, and of a 401 that mentions scopes. */
const NOT_PERMITTED: readonly string[] = ['insufficient_permissions', 'not_an_admin_key']

type KindReading = SeriesReading | { readonly refusal: ProviderError }

/**
 * Reads the window's usage of all other kinds. A kind that the organization does not have (404) or the key may not read (403) is
 * missing in the result. Throws `ProviderError` when all are, or when a kind fails in another way.
 */
export async function readOtherUsage(
  reports: readonly KindReport[],
  window: Window,
  { onPage, ...options }: DayReadOptions,
): Promise<SeriesReading> {
  const daysRead = new Map<KindReport, number>()
  const allDays = reports.length * windowLength(window)
  const readings = await readConcurrently(reports, KINDS_AT_ONCE, async (report, signal) => {
    const onKindPage = (days: number) => {
      daysRead.set(report, days)
      onPage?.(
        [...daysRead.values()].reduce((sum, each) => sum + each, 0),
        allDays,
      )
    }
    return [report.kind, await readKind(report, window, { ...options, onPage: onKindPage, signal })] as const
  })
  return joined(readings, window)
}

async function readKind(report: KindReport, window: Window, options: DayReadOptions): Promise<KindReading> {
  const { groupBy, pages } = report
  // By itself: what was read before a refusal does not count.
  const table = new DayTableBuilder(otherUsage, window)
  try {
    const reading = await readDays(
      pages,
      window,
      {
        groupBy,
        onDay: (day, rows) => {
          for (const row of summedRows(rows)) table.add(otherUsageRowOf(day, report, row))
        },
      },
      // Usage of these kinds is sparse, so pages have all days. Those that are too large are split.
      { ...options, expectedPeople: 0 },
    )
    return { ...reading, table: table.build() }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    return { refusal: error }
  }
}

/** A row for each person and model of a day. */
function summedRows(rows: readonly KindRow[]): Iterable<KindRow> {
  const sums = new Map<string, KindRow>()
  for (const row of rows) {
    const owner = JSON.stringify([row.userId, row.model])
    const { requests = 0, quantity = 0 } = sums.get(owner) ?? {}
    sums.set(owner, { ...row, requests: requests + row.requests, quantity: quantity + row.quantity })
  }
  return sums.values()
}

/** Numbers are rounded here, once they are added up. */
function otherUsageRowOf(day: Day, { kind, groupBy }: KindReport, row: KindRow): OtherUsageRow {
  return {
    day,
    userId: row.userId,
    kind,
    model: row.model ?? (groupBy.includes('model') ? 'unknown' : ''),
    otherRequests: Math.round(row.requests),
    quantity: Math.round(row.quantity),
  }
}

function joined(readings: readonly (readonly [kind: string, reading: KindReading])[], window: Window): SeriesReading {
  const table = new DayTableBuilder(otherUsage, window)
  const daysLeftOutOf: Record<string, SeriesReading['daysLeftOut']> = {}
  const refusals = new Map<string, ProviderError>()
  let rows = 0
  for (const [kind, reading] of readings) {
    if ('refusal' in reading) refusals.set(kind, reading.refusal)
    else {
      table.addTable(reading.table)
      daysLeftOutOf[kind] = reading.daysLeftOut
      rows += reading.rows
    }
  }
  if (refusals.size === readings.length) throw unavailable([...refusals.values()])
  return { table: table.build(), rows, daysLeftOut: [], daysLeftOutOf, missing: missingBy(refusals) }
}

/** Sends the smallest request of each kind. Returns the kinds that are refused. Throws `ProviderError` when none can be read. */
export async function checkOtherUsage(reports: readonly KindReport[], now: Date): Promise<MissingPart[]> {
  const checks = await Promise.allSettled(reports.map(({ pages }) => pages.check(now)))
  const refusals = new Map<string, ProviderError>()
  for (const [index, { kind }] of reports.entries()) {
    const check = checks[index]
    if (check?.status !== 'rejected') continue
    if (!isUnavailable(check.reason)) throw check.reason
    refusals.set(kind, check.reason)
  }
  if (refusals.size === reports.length) throw unavailable([...refusals.values()])
  return missingBy(refusals)
}

/** The kinds that were refused by themselves. A kind that is not found does not exist in the organization. */
function missingBy(refusals: ReadonlyMap<string, ProviderError>): MissingPart[] {
  return [...refusals].map(([part, refusal]) => {
    const code = refusal instanceof RequestRefusedError ? 'data_set_unavailable' : refusal.code
    return { part, code, readAt: null }
  })
}

function isUnavailable(error: unknown): error is ProviderError {
  if (error instanceof RequestRefusedError) return error.status === NOT_FOUND
  return error instanceof ProviderError && NOT_PERMITTED.includes(error.code)
}

/** Why no kind can be read. A missing permission can be granted, so it outranks the rest. */
function unavailable(refusals: readonly ProviderError[]): ProviderError {
  const notPermitted = refusals.find(({ code }) => NOT_PERMITTED.includes(code))
  return notPermitted ?? new ProviderError('data_set_unavailable', 'other_usage', { cause: refusals[0] })
}
