import { startSimulatedOrganization } from './simulated-organization/server.ts'

const DEFAULT_PORT = 4010
const DEFAULT_MEMBERS = 240

const { PORT, MEMBERS } = process.env
const organization = await startSimulatedOrganization({
  port: PORT ? Number(PORT) : DEFAULT_PORT,
  members: MEMBERS ? Number(MEMBERS) : DEFAULT_MEMBERS,
})
const keys = Object.entries(organization.keys).map(([kind, key]) => `  ${kind.padEnd(18)}${key}`)
const lines = [
  `The simulated organization answers at ${organization.baseUrl}. Its keys, all made up:`,
  ...keys,
  '',
  'To connect Rollcall to it:',
  `  OPENAI_BASE_URL=${organization.baseUrl} OPENAI_ADMIN_KEY=${organization.adminKey} npm start`,
  '',
  'Ctrl+C stops it.',
]
process.stdout.write(`${lines.join('\n')}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void organization.close())
