import { startSimulatedOrganization } from './simulated-openai/server.ts'

const DEFAULT_PORT = 4010
const DEFAULT_MEMBERS = 240

const { PORT, MEMBERS } = process.env
const port = PORT ? Number(PORT) : DEFAULT_PORT
const organization = await startSimulatedOrganization({
  port,
  members: MEMBERS ? Number(MEMBERS) : DEFAULT_MEMBERS,
}).catch((error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
  process.stderr.write(`The port ${port} is in use. Stop what uses it, or set PORT to another (0 picks a free one).\n`)
  process.exit(1)
})
const keys = Object.entries(organization.keys).map(([kind, key]) => `  ${kind.padEnd(18)}${key}`)
const lines = [
  `The simulated organization answers at ${organization.baseUrl}. Its keys, all generated:`,
  ...keys,
  '',
  'To connect Rollcall to it:',
  `  OPENAI_BASE_URL=${organization.baseUrl} OPENAI_ADMIN_KEY=${organization.adminKey} npm start`,
  '',
  'Ctrl+C stops it.',
]
process.stdout.write(`${lines.join('\n')}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void organization.close())
