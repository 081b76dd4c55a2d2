import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { canonicalHash, canonicalJson } from '../../shared/reviews/canonical-json.ts'
import { signedText } from '../../shared/reviews/evidence.ts'
import { memorySigner } from '../fakes/memory-signer.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { blocksOf, pageText } from './pages.ts'

const REVIEW = '01J8Z0000000000000000000RV'

/** The names that people have, and what a text of JSON may contain otherwise. */
const LABELS = [
  'Zoë Ångström',
  '李小龍',
  '👩🏽‍💻 Ada 🚀',
  'مريم',
  'Ólafur "Óli" \\ Þór',
  'Zoe\u0301',
  'a\tb\u0001c\u2028d</e>',
  '',
]

const EVIDENCE = {
  reviewId: REVIEW,
  name: 'Zugänge, 4. Quartal 🔐',
  organizations: [
    { integrationName: 'Müller & Söhne', dataSets: [{ id: 'usage', syncedAt: null, from: '2026-10-01' }] },
  ],
  items: LABELS.map((label, index) => ({
    id: `item-${index}`,
    integrationName: 'Müller & Söhne',
    subject: { label, id: `user-${index}` },
    evidence: {
      requests: 9_007_199_254_740_991 - index,
      keys: 0,
      cost: { currency: 'usd', amount: '0.1' },
      seat: null,
    },
  })),
}
const DECISIONS = {
  reviewId: REVIEW,
  completedBy: { subject: 'ria-1', email: 'ria@acme.example' },
  items: LABELS.map((note, index) => ({
    itemId: `item-${index}`,
    value: 'exception',
    note,
    at: '2026-11-24T12:00:00.000Z',
  })),
}

const section =
  pageText('verifying-reviews.md')
    .split(/^## /m)
    .find((each) => each.startsWith('Checking\n')) ?? ''
/** The commands of the page, those of the list too, as a reader types them one after the other. */
const commands = blocksOf(section.replaceAll(/^ {3}/gm, ''), 'sh').join('')
const hasTools = spawnSync('bash', ['-c', 'command -v jq && command -v openssl']).status === 0

type EvidenceFile = Awaited<ReturnType<typeof evidenceFile>>

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A signed file, as the API answers it, and the key beside it. */
async function evidenceFile(signer = memorySigner()) {
  const { keyId, pem } = await signer.publicKey()
  writeFileSync(join(folder, 'signing-key.pem'), pem)
  const hashes = { reviewId: REVIEW, evidenceHash: canonicalHash(EVIDENCE), decisionsHash: canonicalHash(DECISIONS) }
  const signed = signedText(hashes)
  const value = Buffer.from(await signer.sign(Buffer.from(signed))).toString('base64')
  const { evidenceHash, decisionsHash } = hashes
  const signature = { algorithm: 'ECDSA_SHA_256', keyId, signed, value }
  return {
    evidence: structuredClone(EVIDENCE),
    evidenceHash,
    decisions: structuredClone(DECISIONS),
    decisionsHash,
    signature,
  }
}

/** What the commands of the page print about a file. Where there are no such tools, the same is computed by Node. */
function check(file: EvidenceFile): string[] {
  writeFileSync(join(folder, 'review.json'), JSON.stringify(file))
  if (!hasTools) return checkedByNode(file)
  const { stdout } = spawnSync('bash', ['-c', commands], { cwd: folder, encoding: 'utf8', timeout: WATCHDOG_MS })
  return stdout.trim().split('\n')
}

function checkedByNode({ evidence, evidenceHash, decisions, decisionsHash, signature }: EvidenceFile): string[] {
  const key = createPublicKey(readFileSync(join(folder, 'signing-key.pem'), 'utf8'))
  const keyId = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
  const line = (what: string, isSame: boolean) => `${what}: ${isSame ? 'as signed' : 'CHANGED'}`
  const isVerified = verify('sha256', Buffer.from(signature.signed), key, Buffer.from(signature.value, 'base64'))
  return [
    line('evidence', canonicalHash(evidence) === evidenceHash),
    line('decisions', canonicalHash(decisions) === decisionsHash),
    line('hashes', canonicalJson({ reviewId: evidence.reviewId, evidenceHash, decisionsHash }) === signature.signed),
    line('key', keyId === signature.keyId),
    isVerified ? 'Verified OK' : 'Verification failure',
  ]
}

const GENUINE = ['evidence: as signed', 'decisions: as signed', 'hashes: as signed', 'key: as signed', 'Verified OK']

test('The commands find nothing wrong with a genuine file, whatever people are called', async () => {
  expect(commands).toContain('openssl dgst -sha256 -verify')
  expect(check(await evidenceFile())).toEqual(GENUINE)
})

test('The commands notice each change of evidence, a decision and the key’s id, and no other', async () => {
  const file = await evidenceFile()
  file.evidence.items[0]!.subject.label = 'Zoe Ångström'
  file.decisions.items[1]!.value = 'keep'
  file.signature.keyId = '0'.repeat(64)
  const [, , hashes = '', , verified = ''] = GENUINE
  expect(check(file)).toEqual(['evidence: CHANGED', 'decisions: CHANGED', hashes, 'key: CHANGED', verified])
})

test.each<[string, (file: EvidenceFile) => void, number, string]>([
  ['a hash', (file) => (file.evidenceHash = file.decisionsHash), 2, 'hashes: CHANGED'],
  ['the review’s id', ({ evidence }) => (evidence.reviewId = 'another'), 2, 'hashes: CHANGED'],
  [
    'the signed text',
    ({ signature }) => (signature.signed = signature.signed.replace('01J8Z', '01J9Z')),
    4,
    'Verification failure',
  ],
])('The commands notice a change of %s', async (_, change, line, says) => {
  const file = await evidenceFile()
  change(file)
  expect(check(file)[line]).toBe(says)
})

test('The commands notice a file that was signed with another key', async () => {
  const forged = await evidenceFile()
  const { pem } = await memorySigner().publicKey()
  writeFileSync(join(folder, 'signing-key.pem'), pem)
  expect(check(forged)).toEqual([...GENUINE.slice(0, 3), 'key: CHANGED', 'Verification failure'])
})

const withTools = hasTools ? test : test.skip

withTools('The commands list the decisions with the people that they are about', async () => {
  const reading = blocksOf(pageText('verifying-reviews.md').split('## Reading it')[1] ?? '', 'sh').join('')
  writeFileSync(join(folder, 'review.json'), JSON.stringify(await evidenceFile()))
  const lines = execFileSync('bash', ['-c', reading], { cwd: folder, encoding: 'utf8', timeout: WATCHDOG_MS })
    .trim()
    .split('\n')
  expect(lines[0]).toBe('Müller & Söhne\tZoë Ångström\texception\t\t2026-11-24T12:00:00.000Z\tZoë Ångström')
  expect([lines.length, lines.at(-1)]).toEqual([LABELS.length + 1, 'true'])
})
