import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createIndexes } from '../../functions/api/indexes.ts'
import { reportFindings } from '../../functions/api/findings/report-findings.ts'
import { findingListSchema } from '../../shared/contracts/findings-contract.ts'
import { aKey, PROJECT } from '../data-sets/keys/a-key.ts'
import { anOutcome } from '../reviews/an-outcome.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { KEY } from './api-bench.ts'
import { type KeysBench, startKeysBench } from './keys-bench.ts'

const DAY_MS = 86_400_000
const REVIEW = anOutcome().reviewId

let bench: KeysBench
beforeEach(async () => {
  bench = await startKeysBench({ windowDays: 7 })
  setMembers('ana', 'bob')
  bench.organization(KEY).rows = [used('ana', '2026-11-24', 5), used('bob', '2026-11-24', 5)]
  await bench.connectWith(aKey('key_1'))
})
afterEach(() => bench.close())

function setMembers(...userIds: string[]): void {
  bench.organization(KEY).people = userIds.map((id) => listed(id, id === 'ana' ? { role: 'owner' } : {}))
}

/** A review of now decides to remove Bob, and Ana's key. */
async function decide(reviewId = REVIEW): Promise<void> {
  const decided = { reviewId, integrationId: bench.id(), decidedAt: bench.clock.now.toISOString() }
  const member = { kind: 'member', id: 'bob', label: 'Bob', projectId: null } as const
  const key = { kind: 'key', id: 'key_1', label: 'CI', projectId: PROJECT.id } as const
  await bench.dependencies.outcomes.putPending([
    anOutcome({ ...decided, itemId: 'bob', subject: member }),
    anOutcome({ ...decided, itemId: 'key_1', subject: key }),
  ])
}

async function syncAfter(days: number): Promise<void> {
  bench.advance(days * DAY_MS)
  await bench.scheduledSync(bench.id())
}

async function found(query = '') {
  const { status, body } = await bench.request('GET', `/findings?type=removal_not_done${query}`)
  expect(status).toBe(200)
  return findingListSchema.parse(body).items
}
const subjects = async (query = '') => (await found(query)).map(({ subject }) => subject.id)

test('A removal that is not done after 14 days is found, with the review that decided it', async () => {
  await decide()
  await syncAfter(13)
  expect(await subjects()).toEqual([])
  await syncAfter(1)
  const [bob] = await found()
  expect(bob).toMatchObject({
    severity: 'high',
    integrationId: bench.id(),
    subject: { kind: 'member', id: 'bob', label: 'Bob' },
    since: '2026-11-24',
    evidence: { type: 'removal_not_done', reviewId: REVIEW, decidedAt: '2026-11-24T12:00:00.000Z', days: 14 },
    action: { url: expect.stringContaining('https://platform.openai.com/') },
  })
  const { body: person } = await bench.request('GET', `/people/${bob?.subject.personId}`)
  expect(person).toMatchObject({ memberships: [{ userId: 'bob' }] })
  expect(await subjects()).toEqual(['bob', 'key_1'])
  expect(await subjects('&userId=ana')).toEqual(['key_1'])
  expect(await subjects('&userId=bob')).toEqual(['bob'])
  const { body } = await bench.request('GET', '/overview')
  expect(body).toMatchObject({ findings: { byType: { removal_not_done: 2 } } })
})

test('It disappears with the access, and is there again when that returns', async () => {
  await decide()
  await syncAfter(14)
  setMembers('ana')
  bench.provider.found = { items: [], isComplete: true }
  await syncAfter(1)
  expect(await subjects()).toEqual([])
  setMembers('ana', 'bob')
  await syncAfter(1)
  expect(await found()).toMatchObject([{ subject: { id: 'bob' }, evidence: { state: 'returned', days: 16 } }])
})

test('Reviews that are completed or deleted change what is found without a sync', async () => {
  await syncAfter(1)
  expect(await subjects()).toEqual([])
  const decidedAt = '2026-11-01T09:00:00.000Z'
  const subject = { kind: 'member', id: 'bob', label: 'Bob', projectId: null } as const
  await bench.dependencies.outcomes.putPending([
    anOutcome({ integrationId: bench.id(), itemId: 'bob', subject, decidedAt }),
  ])
  expect(await subjects()).toEqual(['bob'])
  await bench.dependencies.outcomes.deleteOutcomesOf(REVIEW)
  expect(await subjects()).toEqual([])
})

test('It can be accepted, until the next review decides the same', async () => {
  await decide()
  await syncAfter(14)
  const [bob] = await found()
  const path = `/findings/${bob?.id}/acceptance`
  expect((await bench.request('PUT', path, { json: { reason: 'He stays after all.' } })).status).toBe(200)
  expect(await subjects()).toEqual(['key_1'])
  await decide('01KREVIEWBBBBBBBBBBBBBBBBB')
  await syncAfter(13)
  expect(await subjects()).toEqual(['key_1'])
  await syncAfter(1)
  expect(await subjects()).toEqual(['bob', 'key_1'])
})

test('It counts among the open high findings', async () => {
  await decide()
  await syncAfter(14)
  const recorded: unknown[] = []
  await reportFindings(createIndexes(bench.dependencies).findings, (name, value) => recorded.push([name, value]))
  expect(recorded).toEqual([['openHighFindings', 2]])
})

test('With its integration it is gone, and the removal is unknown', async () => {
  await decide()
  await syncAfter(14)
  await bench.request('DELETE', `/integrations/${bench.id()}`)
  expect(await subjects()).toEqual([])
  await bench.drain()
  expect((await bench.dependencies.outcomes.listOutcomes()).map(({ state }) => state)).toEqual(['unknown', 'unknown'])
})
