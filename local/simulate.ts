import { providerOf } from '../shared/providers/find-provider.ts'
import { SIMULATED } from './organizations.ts'

const DEFAULT_PORT = 4010
const DEFAULT_MEMBERS = 240

const { PORT, MEMBERS } = process.env
const port = PORT ? Number(PORT) : DEFAULT_PORT
const organization = await SIMULATED.start({
  port,
  members: MEMBERS ? Number(MEMBERS) : DEFAULT_MEMBERS,
}).catch((error: unknown) => {
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
