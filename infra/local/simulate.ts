import { startSimulatedOrganization } from './simulated-organization/server.ts'

const DEFAULT_PORT = 4010
const DEFAULT_MEMBERS = 240

const { PORT = DEFAULT_PORT, MEMBERS = DEFAULT_MEMBERS } = process.env
const organization = await startSimulatedOrganization({ port: Number(PORT), members: Number(MEMBERS) })
process.stdout.write(`The simulated organization answers at ${organization.baseUrl}. Its keys, all made up:\n`)
for (const [kind, key] of Object.entries(organization.keys)) process.stdout.write(`  ${kind.padEnd(18)}${key}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void organization.close())
