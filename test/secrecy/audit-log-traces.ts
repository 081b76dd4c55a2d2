import type { AuditLog } from '../../local/simulated-openai/audit-log.ts'
import { personTrace, type Trace } from './traces.ts'

/** Who signs in so that they can be looked for. */
const SIGNED_IN = ['user-planted-1', 'user-planted-2']

/** Adds sign-ins before a time (unix seconds), and gives the traces of all that Rollcall must not keep of an entry. */
export function plantSignIns(log: AuditLog, before: number): Trace[] {
  log.add(...SIGNED_IN.map((userId, index) => ({ userId, at: before - (index + 1) * 90_000 })))
  const [entry] = log.entries([], 0, before)
  if (entry === undefined) throw new Error('There is no entry.')
  return [
    personTrace('the id of an entry', entry.id),
    ...SIGNED_IN.map((userId) => personTrace(`the address in an entry of ${userId}`, `${userId}@audit.example`)),
    personTrace('the domain of addresses in entries', 'audit.example'),
    personTrace('an IP address', '203.0.113.77'),
    personTrace('a browser', 'ExampleBrowser/7'),
  ]
}
