import { providerOf } from '../shared/providers/find-provider.ts'
import { SIMULATED } from './organizations.ts'

const DEFAULT_PORT = 4010
const DEFAULT_MEMBERS = 240

const port = settingOf('PORT', DEFAULT_PORT, { from: 0, to: 65_535 })
const members = settingOf('MEMBERS', DEFAULT_MEMBERS, { from: 1, to: 1_000_000 })
const organization = await SIMULATED.start({ port, members }).catch((error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
  process.stderr.write(`The port ${port} is in use. Stop what uses it, or set PORT to another (0 picks a free one).\n`)
  process.exit(1)
})
const keys = Object.entries(organization.keys).map(([kind, key]) => `  ${kind.padEnd(18)}${key}`)
const { variables } = providerOf(SIMULATED.provider)
const lines = [
  `The simulated organization answers at ${organization.baseUrl}. Its keys, all generated:`,
  ...keys,
  '',
  'To connect Rollcall to it:',
  `  ${variables.baseUrl}=${organization.baseUrl} ${variables.adminKey}=${organization.adminKey} npm start`,
  '',
  'Ctrl+C stops it.',
]
process.stdout.write(`${lines.join('\n')}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void organization.close())

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
