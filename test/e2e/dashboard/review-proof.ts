import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { reviewEvidenceSchema, type WireReviewEvidence } from '../../../shared/contracts/review-evidence-contract.ts'
import { waitFor } from '../../watchdog.ts'
import { downloaded } from './members.ts'
import type { Stage } from './stage.ts'

const run = promisify(execFile)

/** As `docs/verifying-reviews.md` says, with the system's own tools: nothing of Rollcall takes part. */
const VERIFY = `set -eu
digest() { openssl dgst -sha256 -r | cut -d ' ' -f 1; }
same() { if [ "$2" = "$3" ]; then echo "$1: as signed"; else echo "$1: CHANGED" && return 1; fi; }
same evidence "$(jq -cSj .evidence review.json | digest)" "$(jq -r .evidenceHash review.json)"
same decisions "$(jq -cSj .decisions review.json | digest)" "$(jq -r .decisionsHash review.json)"
jq -j .signature.signed review.json >signed.txt
same hashes "$(jq -cSj '{decisionsHash, evidenceHash, reviewId: .evidence.reviewId}' review.json)" "$(cat signed.txt)"
same key "$(openssl pkey -pubin -in signing-key.pem -outform DER | digest)" "$(jq -r .signature.keyId review.json)"
jq -r .signature.value review.json | openssl base64 -d -A >signed.der
openssl dgst -sha256 -verify signing-key.pem -signature signed.der signed.txt
`
const GENUINE = ['evidence', 'decisions', 'hashes', 'key'].map((what) => `${what}: as signed`)

/** Downloads the evidence and the key from the page, and verifies them outside. A changed decision is found. Gives the evidence. */
export async function provesItself({ page }: Pick<Stage, 'page'>): Promise<WireReviewEvidence> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-proof-'))
  try {
    const file = await downloaded(page, 'Evidence (JSON)')
    assert.match(file.suggestedFilename(), /^Review .*, evidence\.json$/)
    await copyFile(await file.path(), join(folder, 'review.json'))
    await copyFile(await (await downloaded(page, 'Public key (PEM)')).path(), join(folder, 'signing-key.pem'))
    assert.deepEqual(await verify(folder), [...GENUINE, 'Verified OK'])
    const text = await readFile(join(folder, 'review.json'), 'utf8')
    await writeFile(join(folder, 'review.json'), text.replace('"value":"keep"', '"value":"remove"'))
    await assert.rejects(verify(folder), 'A changed decision is not found.')
    const csv = await readFile(await (await downloaded(page, 'Evidence (CSV)')).path(), 'utf8')
    const evidence = reviewEvidenceSchema.parse(JSON.parse(text))
    assert.equal(csv.trimEnd().split('\n').length - 1, evidence.evidence.items.length)
    return evidence
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function verify(cwd: string): Promise<string[]> {
  const { stdout } = await waitFor('the verification', run('bash', ['-c', VERIFY], { cwd }))
  return stdout.trimEnd().split('\n')
}
