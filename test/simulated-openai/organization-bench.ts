import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'

/** Tuesday 2026-11-24, half past three in the afternoon. */
export const NOW = new Date('2026-11-24T15:30:00.000Z')
export const MIDNIGHT = Date.UTC(2026, 10, 24) / 1000
export const DAY = 86_400

type Options = Parameters<typeof startSimulatedOrganization>[0]

/** Starts an organization at `NOW`, and stops it after its use, whatever happens. */
export async function withOrganization<Result>(
  options: Options,
  use: (organization: SimulatedOrganization) => Promise<Result>,
): Promise<Result> {
  const organization = await startSimulatedOrganization({ members: 24, now: () => NOW, ...options })
  try {
    return await use(organization)
  } finally {
    await organization.close()
  }
}

/** Asks as any client of HTTP would. */
export async function ask(
  { baseUrl, adminKey }: SimulatedOrganization,
  path: string,
  key: string | null = adminKey,
): Promise<{ status: number; headers: Headers; text: string }> {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` }
  const response = await fetch(`${baseUrl}/organization/${path}`, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
