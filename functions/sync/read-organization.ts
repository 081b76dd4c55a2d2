import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import { DAY_SERIES, type RegisteredSeries } from '../../shared/data-sets/registry.ts'
import { ProviderError, type SyncProblemCode } from '../../shared/domain/problem.ts'
import { type Window, windowEndingAt } from '../../shared/domain/window.ts'
import type { Organization, ProviderDataSet, SeriesReading } from '../../shared/providers/provider.ts'
import { type DataSetResult, notReadResult, type Sync } from '../../shared/integrations/sync.ts'
import type { Run } from './run.ts'

/** Everything that one sync read. */
export interface OrganizationReading {
  readonly window: Window
  readonly listed: readonly DirectoryPerson[]
  /** The series that were read, by id. */
  readonly series: ReadonlyMap<string, SeriesReading>
  /** The digests of their tables. */
  readonly digests: ReadonlyMap<string, string>
  /** Why data sets were not read, by their ids. With one that is required among them, nothing else is complete. */
  readonly problems: ReadonlyMap<string, SyncProblemCode>
}

/**
 * Reads the required data sets concurrently, and after them the optional ones, unless a required one failed. Waits for all of
 * them even if one fails, so that no read outlives the run. What the provider did not give is part of the result. Throws an
 * internal error of reading a required one.
 */
export async function readOrganization(
  organization: Organization,
  run: Run,
  options: {
    readonly dataSets: readonly ProviderDataSet[]
    readonly startedAt: Date
    readonly windowDays: number
    readonly expectedPeople: number
    /** Called with an internal error of reading an optional data set, which does not fail the sync either. */
    readonly onFault: (dataSet: string, error: unknown) => void
  },
): Promise<OrganizationReading> {
  const window = windowEndingAt(options.startedAt, options.windowDays)
  const { expectedPeople } = options
  const series = new Map<string, SeriesReading>()
  let listed: readonly DirectoryPerson[] = []
  const readDirectory = async () => {
    listed = await organization.directory.read((done) => run.reportProgress({ phase: 'members', done, total: null }))
  }
  const readSeries = async (one: RegisteredSeries) => {
    const reader = organization.series[one.id]
    if (reader === undefined) throw new Error(`Nothing reads the data set ${one.id}.`)
    const onPage = (done: number, total: number) => run.reportProgress({ phase: one.id, done, total })
    series.set(one.id, await reader.read(window, { expectedPeople, onPage }))
  }
  const readers = (isRequired: boolean) =>
    DAY_SERIES.filter(({ id }) => options.dataSets.some((each) => each.id === id && each.required === isRequired)).map(
      (one): [string, () => Promise<void>] => [one.id, () => readSeries(one)],
    )
  const problems = await problemsOf([['directory', readDirectory], ...readers(true)], (_, error) => {
    throw error
  })
  if (problems.size === 0) {
    for (const [id, code] of await problemsOf(readers(false), options.onFault)) {
      // The provider was reached for the required ones.
      const isCutOff = code === 'provider_unreachable' && run.isReadingOver
      problems.set(id, isCutOff ? 'timed_out' : code)
    }
  }
  const digests = new Map([...series].map(([id, { table }]) => [id, digestOf(table)]))
  return { window, listed, series, digests, problems }
}

/** Runs all to their ends, and returns why data sets were not read. `onFault` is called with internal errors. */
async function problemsOf(
  readers: readonly (readonly [string, () => Promise<void>])[],
  onFault: (dataSet: string, error: unknown) => void,
): Promise<Map<string, SyncProblemCode>> {
  const settled = await Promise.allSettled(readers.map(async ([, read]) => read()))
  const problems = new Map<string, SyncProblemCode>()
  for (const [index, [id]] of readers.entries()) {
    const result = settled[index]
    if (result?.status !== 'rejected') continue
    const { reason } = result
    if (!(reason instanceof ProviderError)) onFault(id, reason)
    problems.set(id, reason instanceof ProviderError ? reason.code : 'internal_error')
  }
  return problems
}

/** How the reading of each data set ended. `changed` says how much differs from what was published, by id. */
export function resultsOf(
  { listed, series, problems }: OrganizationReading,
  changes?: { readonly changed: ReadonlyMap<string, number>; readonly isUnchanged: (id: string) => boolean },
): Sync['dataSets'] {
  const rows = new Map([
    ['directory', listed.length],
    ...[...series].map(([id, read]): [string, number] => [id, read.rows]),
  ])
  const readResult = (id: string): DataSetResult => ({
    unchanged: changes?.isUnchanged(id) ?? false,
    rows: rows.get(id) ?? 0,
    written: changes?.changed.get(id) ?? 0,
    problem: null,
  })
  const read = [...rows.keys()].filter((id) => !problems.has(id))
  return Object.fromEntries([
    ...read.map((id): [string, DataSetResult] => [id, readResult(id)]),
    ...[...problems].map(([id, code]): [string, DataSetResult] => [id, notReadResult(code)]),
  ])
}
