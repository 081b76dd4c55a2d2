import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { unreadPartsOf } from '../../shared/data-sets/by-list.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import { DAY_SERIES, LISTS, type RegisteredList, type RegisteredSeries } from '../../shared/data-sets/registry.ts'
import { ProviderError, type SyncProblemCode } from '../../shared/domain/problem.ts'
import { type Window, windowEndingAt } from '../../shared/domain/window.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { ListReading, Organization, ProviderDataSet, SeriesReading } from '../../shared/providers/provider.ts'
import { type DataSetResult, notReadResult, type Sync, unreadPartsFrom } from '../../shared/integrations/sync.ts'
import { ReadingProgress } from './reading-progress.ts'
import { REPORT_EVERY_MS, type Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

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

interface ReadingOptions {
  readonly dataSets: readonly ProviderDataSet[]
  readonly startedAt: Date
  readonly windowDays: number
  readonly expectedPeople: number
  /** Called with an internal error of reading an optional data set, which does not fail the sync either. */
  readonly onFault: (dataSet: string, error: unknown) => void
  readonly repeat?: SyncDependencies['repeat']
}

/**
 * Reads the required data sets concurrently, and after them the optional ones, unless a required one failed. Waits for all of
 * them even if one fails, so that no read outlives the run. What the provider did not give is part of the result. Throws an
 * internal error of reading a required one.
 */
export async function readOrganization(
  organization: Organization,
  run: Run,
  options: ReadingOptions,
): Promise<OrganizationReading> {
  const window = windowEndingAt(options.startedAt, options.windowDays)
  const found: Found = { listed: [], series: new Map(), lists: new Map() }
  const progress = new ReadingProgress(run.reportProgress)
  const { published } = run.integration
  const all = readersInto(found, organization, progress, { ...options, window, published })
  const stopRepeating = options.repeat?.(REPORT_EVERY_MS, progress.reportLatest)
  try {
    const problems = await readBy(all, run, options)
    const digests = new Map([...found.series].map(([id, { table }]) => [id, digestOf(table)]))
    return { window, ...found, digests, problems }
  } finally {
    stopRepeating?.()
  }
}

/** Runs the readers, and returns why data sets were not read, by their ids. */
async function readBy(
  all: readonly Reader[],
  run: Run,
  { dataSets, onFault }: Pick<ReadingOptions, 'dataSets' | 'onFault'>,
): Promise<OrganizationReading['problems']> {
  const readers = (isRequired: boolean) =>
    all.filter(([id]) => dataSets.some((each) => each.id === id && each.required === isRequired))
  const problems = await problemsOf(readers(true), (_, error) => {
    throw error
  })
  if (problems.size > 0) return problems
  for (const [id, code] of await problemsOf(readers(false), onFault)) {
    // The provider was reached for the required ones.
    const isCutOff = code === 'provider_unreachable' && run.isReadingOver
    problems.set(id, isCutOff ? 'timed_out' : code)
  }
  return problems
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
  progress: ReadingProgress,
  {
    window,
    expectedPeople,
    published,
  }: Pick<ReadingOptions, 'expectedPeople'> & Pick<OrganizationReading, 'window'> & Pick<Integration, 'published'>,
): readonly Reader[] {
  const readDirectory = () =>
    progress.track('members', async (onPage) => {
      found.listed = await organization.directory.read((done) => onPage(done, null))
    })
  const readSeries = ({ id }: RegisteredSeries) =>
    progress.track(id, async (onPage) => {
      found.series.set(id, await readerOf(organization.series, id).read(window, { expectedPeople, onPage }))
    })
  const readList = ({ id }: RegisteredList) =>
    progress.track(id, async (onPage) => {
      const covered = published?.dataSets[id]?.covered ?? null
      found.lists.set(id, await readerOf(organization.lists, id).read(onPage, { window, covered }))
    })
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
  const readResult = (id: string): DataSetResult => {
    const list = lists.get(id)
    return {
      unchanged: changes?.isUnchanged(id) ?? false,
      rows: rows.get(id) ?? 0,
      written: changes?.changed.get(id) ?? 0,
      problem: list?.isComplete === false ? 'partly_read' : null,
      unread: unreadPartsFrom(unreadPartsOf(id, list?.items ?? [])),
    }
  }
  const read = [...rows.keys()].filter((id) => !problems.has(id))
  return Object.fromEntries([
    ...read.map((id): [string, DataSetResult] => [id, readResult(id)]),
    ...[...problems].map(([id, code]): [string, DataSetResult] => [id, notReadResult(code)]),
  ])
}
