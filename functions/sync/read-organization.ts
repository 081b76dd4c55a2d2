import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { digestOf } from '../../shared/data-sets/day-series/digest.ts'
import { DAY_SERIES, type RegisteredSeries } from '../../shared/data-sets/registry.ts'
import { needsAction, ProviderError } from '../../shared/domain/problem.ts'
import { type Window, windowEndingAt } from '../../shared/domain/window.ts'
import type { Organization, ProviderDataSet, SeriesReading } from '../../shared/providers/provider.ts'
import type { DataSetProblemCode } from '../../shared/integrations/sync.ts'
import type { Run } from './run.ts'

/** Everything that one sync read. */
export interface OrganizationReading {
  readonly window: Window
  readonly listed: readonly DirectoryPerson[]
  /** The series that were read, by id. */
  readonly series: ReadonlyMap<string, SeriesReading>
  /** The digests of their tables. */
  readonly digests: ReadonlyMap<string, string>
  /** Why optional data sets were not read, by their ids. */
  readonly problems: ReadonlyMap<string, DataSetProblemCode>
}

/**
 * Reads the required data sets concurrently, and after them the optional ones. Waits for all of them even if one fails, so that
 * no read outlives the run. Of several failures of required ones, one that needs user action is thrown. Failures of optional
 * ones are part of the result.
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
  const series = new Map<string, SeriesReading>()
  const problems = new Map<string, DataSetProblemCode>()
  const readOne = async (one: RegisteredSeries) => {
    const onPage = (done: number, total: number) => run.reportProgress({ phase: one.id, done, total })
    const reader = organization.series[one.id]
    if (reader === undefined) throw new Error(`Nothing reads the data set ${one.id}.`)
    series.set(one.id, await reader.read(window, { expectedPeople: options.expectedPeople, onPage }))
  }
  const isWanted = ({ id }: RegisteredSeries, isRequired: boolean) =>
    options.dataSets.some((dataSet) => dataSet.id === id && dataSet.required === isRequired)
  const required = DAY_SERIES.filter((one) => isWanted(one, true))
  const directory = organization.directory.read((done) => run.reportProgress({ phase: 'members', done, total: null }))
  const failures = await failuresOf([directory, ...required.map((one) => readOne(one))])
  if (failures.length > 0) {
    throw failures.find((reason) => reason instanceof ProviderError && needsAction(reason.code)) ?? failures[0]
  }
  const optional = DAY_SERIES.filter((one) => isWanted(one, false))
  await Promise.all(
    optional.map(async (one) => {
      const [failure] = await failuresOf([readOne(one)])
      if (failure === undefined) return
      if (!(failure instanceof ProviderError)) options.onFault(one.id, failure)
      problems.set(one.id, failure instanceof ProviderError ? failure.code : 'internal_error')
    }),
  )
  const digests = new Map([...series].map(([id, { table }]) => [id, digestOf(table)]))
  return { window, listed: await directory, series, digests, problems }
}

/** Waits for all, and returns why some were rejected. */
async function failuresOf(reads: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(reads)
  return settled.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []))
}
