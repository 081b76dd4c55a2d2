import { ProviderError, type ProviderProblemCode } from '../domain/problem.ts'
import type { MissingPart } from '../data-sets/data-set.ts'
import type { Organization, OrganizationIdentity, Provider, ProviderDataSet } from './provider.ts'

/** The deadline of requests during a key check. With it, a user waits 15 s at most. */
export const KEY_CHECK_MS = 14_000

/** The result of a key check for one data set. */
interface DataSetCheck {
  readonly dataSet: string
  readonly required: boolean
  readonly ok: boolean
  readonly code: ProviderProblemCode | null
  /** The text for the user: why it cannot be read, or which parts of it cannot. */
  readonly detail: string | null
}

/** What the provider reports about a key. */
export interface KeyDescription {
  readonly expiresAt: string | null
  readonly organization: OrganizationIdentity | null
}

export interface KeyCheck {
  /** True when every required data set can be read. */
  readonly valid: boolean
  /** In the order of the provider's data sets. */
  readonly checks: readonly DataSetCheck[]
  /** Empty for an invalid key. */
  readonly key: KeyDescription
}

/** Why the key cannot read data sets, by their ids. */
export function problemsOf({ checks }: KeyCheck): Readonly<Record<string, ProviderProblemCode>> {
  return Object.fromEntries(checks.flatMap(({ dataSet, code }) => (code === null ? [] : [[dataSet, code]])))
}

const NOTHING_SAID: KeyDescription = { expiresAt: null, organization: null }

/**
 * Checks a key for data sets of its provider concurrently, since each permission can be missing on its own. Default: for all
 * of them.
 */
export async function checkKey(
  provider: Provider,
  organization: Organization,
  now: Date,
  dataSets = provider.dataSets,
): Promise<KeyCheck> {
  const checks = await Promise.all(
    dataSets.map((dataSet) => checkDataSet(provider, dataSet, () => read(organization, dataSet.id, now))),
  )
  const valid = checks.every(({ required, ok }) => ok || !required)
  return { valid, checks, key: valid ? await describe(organization) : NOTHING_SAID }
}

/** Returns the parts of the data set that are refused. */
async function read(organization: Organization, dataSet: string, now: Date): Promise<readonly MissingPart[]> {
  const { directory, series, lists } = organization
  const reader = dataSet === 'directory' ? directory : (series[dataSet] ?? lists[dataSet])
  if (reader === undefined) throw new Error(`Nothing reads the data set ${dataSet}.`)
  return (await reader.check(now)) ?? []
}

async function checkDataSet(
  provider: Provider,
  { id, required }: ProviderDataSet,
  read: () => Promise<readonly MissingPart[]>,
): Promise<DataSetCheck> {
  const check = { dataSet: id, required }
  try {
    return { ...check, ok: true, code: null, detail: detailOf(await read()) }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { ...check, ok: false, code: error.code, detail: provider.advice(error.code, id) }
  }
}

/** The parts that the key may not read. What the organization does not have is no lack of the key. */
function detailOf(missing: readonly MissingPart[]): string | null {
  const parts = missing.filter(({ code }) => code !== 'data_set_unavailable').map(({ part }) => part)
  if (parts.length === 0) return null
  return `The key lacks the permission for a part of it, which syncs leave out: ${parts.join(', ')}.`
}

async function describe(organization: Organization): Promise<KeyDescription> {
  const [expiresAt, identity] = await Promise.all([
    orNull(organization.findKeyExpiry()),
    orNull(organization.identify()),
  ])
  return { expiresAt, organization: identity }
}

/** A key is not refused because its description cannot be read. */
async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ProviderError) return null
    throw error
  }
}
