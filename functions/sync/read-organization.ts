import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import { DAY_SERIES, LISTS, type RegisteredList, type RegisteredSeries } from '../../shared/data-sets/registry.ts'
import { ProviderError, type SyncProblemCode } from '../../shared/domain/problem.ts'
import { type Window, windowEndingAt } from '../../shared/domain/window.ts'
import type { ListReading, Organization, ProviderDataSet, SeriesReading } from '../../shared/providers/provider.ts'
import { type DataSetResult, notReadResult, type Sync } from '../../shared/integrations/sync.ts'
import type { Run } from './run.ts'

/** Everything that one sync read. */
export interface OrganizationReading {
  readonly window: Window
  readonly listed: readonly DirectoryPerson[]
  /** The series that were read, by id. */
  readonly series: ReadonlyMap<string, SeriesReading>
  /** The lists beside the directory that were read, by id. */
  readonly lists: ReadonlyMap<string, ListReading>
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
  const found: Found = { listed: [], series: new Map(), lists: new Map() }
  const all = readersInto(found, organization, run, { window, expectedPeople: options.expectedPeople })
  const readers = (isRequired: boolean) =>
    all.filter(([id]) => options.dataSets.some((each) => each.id === id && each.required === isRequired))
  const problems = await problemsOf(readers(true), (_, error) => {
    throw error
  })
  if (problems.size === 0) {
    for (const [id, code] of await problemsOf(readers(false), options.onFault)) {
      // The provider was reached for the required ones.
      const isCutOff = code === 'provider_unreachable' && run.isReadingOver
      problems.set(id, isCutOff ? 'timed_out' : code)
    }
  }
  const digests = new Map([...found.series].map(([id, { table }]) => [id, digestOf(table)]))
  return { window, ...found, digests, problems }
}

/** What readers have read so far. */
interface Found {
  listed: readonly DirectoryPerson[]
  readonly series: Map<string, SeriesReading>
  readonly lists: Map<string, ListReading>
}

type Reader = readonly [dataSet: string, read: () => Promise<void>]

/** A reader for each registered data set. It fails when the provider has none. */
function readersInto(
  found: Found,
  organization: Organization,
  run: Run,
  { window, expectedPeople }: { readonly window: Window; readonly expectedPeople: number },
): readonly Reader[] {
  const readDirectory = async () => {
    const onPage = (done: number) => run.reportProgress({ phase: 'members', done, total: null })
    found.listed = await organization.directory.read(onPage)
  }
  const readSeries = async ({ id }: RegisteredSeries) => {
    const onPage = (done: number, total: number) => run.reportProgress({ phase: id, done, total })
    found.series.set(id, await readerOf(organization.series, id).read(window, { expectedPeople, onPage }))
  }
  const readList = async ({ id }: RegisteredList) => {
    const onPage = (done: number, total: number | null) => run.reportProgress({ phase: id, done, total })
    const covered = run.integration.published?.dataSets[id]?.covered ?? null
    found.lists.set(id, await readerOf(organization.lists, id).read(onPage, { window, covered }))
  }
  return [
    ['directory', readDirectory],
    ...DAY_SERIES.map((series): Reader => [series.id, () => readSeries(series)]),
    ...LISTS.map((list): Reader => [list.id, () => readList(list)]),
  ]
}

function readerOf<Each>(readers: Readonly<Record<string, Each>>, dataSet: string): Each {
  const reader = readers[dataSet]
  if (reader === undefined) throw new Error(`Nothing reads the data set ${dataSet}.`)
  return reader
}

/** Runs all to their ends, and returns why data sets were not read. `onFault` is called with internal errors. */
async function problemsOf(
  readers: readonly Reader[],
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
  { listed, series, lists, problems }: OrganizationReading,
  changes?: { readonly changed: ReadonlyMap<string, number>; readonly isUnchanged: (id: string) => boolean },
): Sync['dataSets'] {
  const rows = new Map([
    ['directory', listed.length],
    ...[...series, ...lists].map(([id, read]): [string, number] => [id, read.rows]),
  ])
  const readResult = (id: string): DataSetResult => ({
    unchanged: changes?.isUnchanged(id) ?? false,
    rows: rows.get(id) ?? 0,
    written: changes?.changed.get(id) ?? 0,
    problem: lists.get(id)?.isComplete === false ? 'partly_read' : null,
  })
  const read = [...rows.keys()].filter((id) => !problems.has(id))
  return Object.fromEntries([
    ...read.map((id): [string, DataSetResult] => [id, readResult(id)]),
    ...[...problems].map(([id, code]): [string, DataSetResult] => [id, notReadResult(code)]),
  ])
}
