import {
  type SimulatedOrganization,
  type SimulatedOrganizationOptions,
  startSimulatedOrganization,
} from '../../local/simulated-anthropic/server.ts'
import { AS_DOCUMENTED, type Switches } from '../../local/simulated-anthropic/switches.ts'

/** Tuesday 2026-11-24, half past three in the afternoon. */
export const NOW = new Date('2026-11-24T15:30:00.000Z')

/** The last seven days, each with its rows. */
export const WEEK = 'starting_at=2026-11-18T00:00:00Z&ending_at=2026-11-25T00:00:00Z&time_bucket_width=1d'

const HEADERS = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'analytics-usage-cost-2026-08-24' }

/** Starts an organization at `NOW`, and stops it after its use, whatever happens. */
export async function withOrganization<Result>(
  options: SimulatedOrganizationOptions,
  use: (organization: SimulatedOrganization) => Promise<Result>,
): Promise<Result> {
  const organization = await startSimulatedOrganization({ members: 24, now: () => NOW, ...options })
  try {
    return await use(organization)
  } finally {
    await organization.close()
  }
}

/** Asks as any client of HTTP would. Headers that are undefined are left out. */
export async function ask(
  { baseUrl, adminKey }: Pick<SimulatedOrganization, 'baseUrl' | 'adminKey'>,
  path: string,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<{ status: number; headers: Headers; text: string }> {
  const all = { ...HEADERS, 'x-api-key': adminKey, ...headers }
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const response = await fetch(`${baseUrl}/v1/organizations/${path}`, { headers: Object.fromEntries(sent) })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** The answer, which must be a success. */
export async function read(organization: SimulatedOrganization, path: string) {
  const { status, text } = await ask(organization, path)
  if (status !== 200) throw new Error(`${path} was answered with ${status}: ${text}`)
  return JSON.parse(text)
}

/** The answer with switches. */
export async function withSwitches(organization: SimulatedOrganization, path: string, switches: Partial<Switches>) {
  organization.set({ ...AS_DOCUMENTED, ...switches })
  return read(organization, path)
}

/** A decimal amount in hundred-millionths of a cent: nothing is rounded. */
export function unitsOf(cents: string): bigint {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d{1,8}))?$/.exec(cents) ?? []
  return BigInt(`${sign}${whole}${decimals.padEnd(8, '0')}`)
}
