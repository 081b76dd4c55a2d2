import { ProviderError, type ProviderProblemCode } from '../domain/problem.ts'
import type { Organization, OrganizationIdentity, Provider, ProviderDataSet } from './provider.ts'

/** The deadline of requests during a key check. With it, a user waits 15 s at most. */
export const KEY_CHECK_MS = 14_000

/** The result of a key check for one data set. */
interface DataSetCheck {
  readonly dataSet: string
  readonly required: boolean
  readonly ok: boolean
  readonly code: ProviderProblemCode | null
  /** The text for the user. */
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

function read({ directory, series, lists }: Organization, dataSet: string, now: Date): Promise<void> {
  if (dataSet === 'directory') return directory.check()
  const reader = series[dataSet] ?? lists[dataSet]
  if (reader === undefined) throw new Error(`Nothing reads the data set ${dataSet}.`)
  return reader.check(now)
}

async function checkDataSet(
  provider: Provider,
  { id, required }: ProviderDataSet,
  read: () => Promise<void>,
): Promise<DataSetCheck> {
  const check = { dataSet: id, required }
  try {
    await read()
    return { ...check, ok: true, code: null, detail: null }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { ...check, ok: false, code: error.code, detail: provider.advice(error.code, id) }
  }
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
