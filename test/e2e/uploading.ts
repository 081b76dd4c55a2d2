import { gzipSync } from 'node:zlib'
import { PLANTED_PEOPLE } from '../secrecy/planted-people.ts'
import type { Deployment } from './deployment.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'

const ROSTER = ['email,name', ...PLANTED_PEOPLE.map(({ email }, place) => `${email},Employee ${place}`), ''].join(
  '\r\n',
)

/** A roster is uploaded as text and as a gzip file, which the API passes to the function in different ways, and deleted. */
export async function checkUploading({ bench }: Deployment, { admin }: People): Promise<void> {
  const files = { 'text/csv': ROSTER, 'application/gzip': Uint8Array.from(gzipSync(ROSTER)) }
  for (const [type, body] of Object.entries(files)) {
    const { status, text } = await admin.send('PUT', '/roster', { headers: { 'content-type': type }, body })
    expect(status === 200, `A roster as ${type} was answered ${status}: ${text}`)
    expect(text === `{"entries":${PLANTED_PEOPLE.length}}`, `A roster as ${type} was answered ${text}`)
    const stored = await admin.send('GET', '/roster')
    const emails = PLANTED_PEOPLE.filter(({ email }) => stored.text.includes(email))
    expect(emails.length === PLANTED_PEOPLE.length, `Of the roster as ${type}, ${emails.length} employees are stored.`)
    const deleted = await admin.send('DELETE', '/roster')
    expect(deleted.status === 204, `Deleting the roster was answered ${deleted.status}.`)
  }
  bench.say('A roster is uploaded as CSV and as a gzip file, and deleted')
}
