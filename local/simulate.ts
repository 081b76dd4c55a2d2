import { providerOf } from '../shared/providers/find-provider.ts'
import { SIMULATED_PROVIDERS, type SimulatedOrganization, startSimulated } from './organizations.ts'

const DEFAULT_PORT = 4010
const DEFAULT_MEMBERS = 240

const port = settingOf('PORT', DEFAULT_PORT, { from: 0, to: 65_535 - SIMULATED_PROVIDERS.length })
const members = settingOf('MEMBERS', DEFAULT_MEMBERS, { from: 1, to: 1_000_000 })
const organizations: SimulatedOrganization[] = []
for (const [index, provider] of SIMULATED_PROVIDERS.entries()) {
  // 0 picks a free port for each.
  organizations.push(await start(provider, port === 0 ? 0 : port + index))
}
const lines = [
  ...organizations.flatMap((organization) => descriptionOf(organization)),
  'To connect Rollcall to them:',
  `  ${organizations.map((organization) => variablesOf(organization)).join(' ')} npm start`,
  '',
  'Ctrl+C stops them.',
]
process.stdout.write(`${lines.join('\n')}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.all(organizations.map((organization) => organization.close())))
}

function start(provider: string, at: number): Promise<SimulatedOrganization> {
  return startSimulated(provider, { port: at, members }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    process.stderr.write(`The port ${at} is in use. Stop what uses it, or set PORT to another (0 picks free ones).\n`)
    process.exit(1)
  })
}

function descriptionOf({ provider, baseUrl, keys }: SimulatedOrganization): string[] {
  const { name } = providerOf(provider)
  return [
    `The simulated organization at ${name} answers at ${baseUrl}. Its keys, all generated:`,
    ...Object.entries(keys).map(([kind, key]) => `  ${kind.padEnd(18)}${key}`),
    '',
  ]
}

function variablesOf({ provider, baseUrl, adminKey }: SimulatedOrganization): string {
  const { variables } = providerOf(provider)
  return `${variables.baseUrl}=${baseUrl} ${variables.adminKey}=${adminKey}`
}

/** The whole number in an environment variable. Ends the process when it is none. */
function settingOf(
  name: string,
  otherwise: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const value = /^\d{1,7}$/.test(text) ? Number(text) : NaN
  if (value >= from && value <= to) return value
  process.stderr.write(`${name} must be a whole number from ${from} to ${to}.\n`)
  process.exit(1)
}
