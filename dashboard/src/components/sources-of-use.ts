import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { SOURCE_DATA_SETS } from '../../../shared/data-sets/directory/last-activity.ts'
import { formatDay } from '../format/format-time.ts'
import { listInWords } from '../format/list-in-words.ts'

type DataSet = WireIntegration['dataSets'][number]

/** What a data set says about use, to name it within a sentence. */
const LABELS: Readonly<Record<string, string>> = {
  usage: 'requests',
  other_usage: 'other kinds of usage',
  keys: 'keys',
}

/** A source of use of which something was not read. */
export interface UnreadSource {
  /** `keys` */
  readonly label: string
  /** True when some of it was read. Then `why` says what is missing. */
  readonly isPartlyRead: boolean
  /** `the key lacks the permission api.keys.read` */
  readonly why: string
}

/** From where it is known whether people use the API. */
export interface SourcesOfUse {
  /** The sources that were read, at least in part. */
  readonly read: readonly string[]
  readonly unread: readonly UnreadSource[]
}

/**
 * The sources of use that the provider has: those that were read, and those of which something was not, with the
 * reason. `sources` are those of an answer: read for all of its days.
 */
export function sourcesOfUse(
  sources: readonly string[],
  dataSets: readonly DataSet[],
  provider: Pick<WireProvider, 'dataSets'> | undefined,
): SourcesOfUse {
  const shown = dataSets.filter(({ id }) => SOURCE_DATA_SETS.includes(id))
  const unread = shown.flatMap((dataSet) => unreadPart(dataSet, sources, provider) ?? [])
  const read = shown.filter(({ id, syncedAt }) => sources.includes(id) || syncedAt !== null)
  return { read: read.map(labelOf), unread }
}

function unreadPart(
  dataSet: DataSet,
  sources: readonly string[],
  provider: Pick<WireProvider, 'dataSets'> | undefined,
): UnreadSource | undefined {
  const label = labelOf(dataSet)
  if (dataSet.syncedAt === null) return { label, isPartlyRead: false, why: whyUnread(dataSet, provider) }
  const missing = whatIsMissing(dataSet, sources, provider)
  return missing === undefined ? undefined : { label, isPartlyRead: true, why: missing }
}

/** What a data set that was read does not say. Undefined when it says everything. */
function whatIsMissing(
  dataSet: DataSet,
  sources: readonly string[],
  provider: Pick<WireProvider, 'dataSets'> | undefined,
): string | undefined {
  const { id, state, to, problem } = dataSet
  if (to !== null && state !== 'current') return `as of ${formatDay(to)}: ${whyUnread(dataSet, provider)}`
  const parts = missingParts(dataSet)
  if (parts.length > 0) return `without ${listInWords(parts)}`
  if (to !== null && !sources.includes(id)) return `as of ${formatDay(to)}`
  return problem === null ? undefined : 'some of that as of an earlier sync'
}

/** The names of the missing parts, without those that the organization never had: of them, there is nothing to read. */
function missingParts({ missing }: DataSet): string[] {
  const unread = missing.filter(({ code, rowsAsOf }) => code !== 'data_set_unavailable' || rowsAsOf !== null)
  return unread.map(({ part }) => part.replaceAll('_', ' '))
}

/** Why a data set was not read, or not by the last sync, as a part of a sentence. */
export function whyUnread(
  { id, state }: Pick<DataSet, 'id' | 'state'>,
  provider: Pick<WireProvider, 'dataSets'> | undefined,
): string {
  const permission = provider?.dataSets.find((dataSet) => dataSet.id === id)?.permission
  switch (state) {
    case 'not_permitted':
      return permission === undefined ? 'the key may not read that' : `the key lacks the permission ${permission}`
    case 'unavailable':
      return 'the organization has none'
    case 'failed':
      return 'the last sync could not read that'
    case 'current':
    case 'never_read':
      return 'switched off, or not synced yet'
  }
}

function labelOf({ id }: Pick<DataSet, 'id'>): string {
  return LABELS[id] ?? id.replaceAll('_', ' ')
}
