import { startSimulatedOrganization } from './simulated-organization/server.ts'

const DEFAULT_PORT = 4010

const organization = await startSimulatedOrganization({ port: Number(process.env['PORT'] ?? DEFAULT_PORT) })
process.stdout.write(`The simulated organization answers at ${organization.baseUrl}. Its keys, all made up:\n`)
for (const [kind, key] of Object.entries(organization.keys)) process.stdout.write(`  ${kind.padEnd(18)}${key}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void organization.close())
