import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AuditEvent } from '../../shared/domain/audit-event.ts'
import { AuditRepository } from '../../shared/storage/audit.ts'
import { NameTakenError } from '../../shared/storage/errors.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { packSnapshot, PART_BYTES_AT_MOST } from '../../shared/storage/snapshot-part.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { keys } from '../../shared/storage/table.ts'
import { anIntegration, aPerson, aRow, aTable, WINDOW } from '../builders.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

test('Of changes made at once, none is lost', async () => {
  const integrations = new IntegrationRepository(local.table)
  await integrations.createIntegration(anIntegration({ id: 'many', keyVersion: 0 }))
  const changes = Array.from({ length: 4 }, () =>
    integrations.updateIntegration('many', (current) => ({ ...current, keyVersion: current.keyVersion + 1 })),
  )
  await Promise.all(changes)
  expect(await integrations.getIntegration('many')).toMatchObject({ keyVersion: 4, revision: 4 })
})

const held = (integrationId: string) => ({ integrationId, reservationId: `of ${integrationId}` })

test('A name is one in any case, spacing and Unicode form; of two who want it at once, one gets it', async () => {
  const names = new NameRepository(local.table)
  const isStale = () => Promise.resolve(false)
  const results = await Promise.allSettled([
    names.reserveName('Caf\u00e9', held('one'), isStale),
    names.reserveName(' CAFE\u0301 ', held('two'), isStale),
  ])
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const holder = await names.findHolder('café')
  await expect(names.reserveName('café', held('three'), isStale)).rejects.toThrow(NameTakenError)
  await names.releaseName('café', { integrationId: 'three' })
  expect(await names.findHolder('café')).toEqual(holder)
  await names.reserveName('café', held('three'), () => Promise.resolve(true))
  expect(await names.findHolder('café')).toEqual(held('three'))
})

const people = [aPerson({ userId: 'ana' }), aPerson({ userId: '__proto__', name: '🦊', email: null })]
const usage = aTable([
  aRow(),
  aRow({ userId: '__proto__', model: 'constructor', day: '2026-09-26' }),
  aRow({ userId: 'left#long/ago' }),
  aRow({ userId: null }),
])

test('A snapshot and the record come back as they were written', async () => {
  const snapshots = new SnapshotRepository(local.table)
  const { parts, peopleParts } = await snapshots.writeSnapshot('org', 'g1', { people, usage })
  const snapshot = await snapshots.readSnapshot('org', 'g1', parts, WINDOW)
  expect(snapshot.people).toEqual(people)
  expect(await snapshots.readPeople('org', 'g1', peopleParts)).toEqual(people)
  expect(new Set(snapshot.usage.rows())).toEqual(new Set(usage.rows()))
  const later = await snapshots.readSnapshot('org', 'g1', parts, { from: '2026-09-27', to: '2026-11-25' })
  expect([...later.usage.rowsOf('__proto__')]).toEqual([])
  await snapshots.deleteSnapshot('org', 'g1')
  await expect(snapshots.readSnapshot('org', 'g1', parts, WINDOW)).rejects.toThrow('not whole any more')

  const records = new RecordRepository(local.table)
  expect(
    await records.writeUsers(
      'org',
      people.map((put) => ({ put })),
    ),
  ).toBe(2)
  const record = await records.readRecord('org', WINDOW)
  expect(record.people.map((person) => person.userId).toSorted()).toEqual(['__proto__', 'ana'])
})

test('A snapshot of 2,000 busy people is cut into parts of at most 350 KB', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => aPerson({ userId: `user-${index}` }))
  const rows = many.flatMap(({ userId }, index) =>
    Array.from({ length: 40 }, (_, day) =>
      aRow({
        userId,
        day: `2026-1${day < 25 ? 0 : 1}-${String((day % 24) + 1).padStart(2, '0')}`,
        inputTokens: (index * 7919 + day * 104_729) % 99_991,
      }),
    ),
  )
  const sizes = [...packSnapshot({ people: many, usage: aTable(rows) })].map((part) => part.byteLength)
  expect(sizes.length).toBeGreaterThan(1)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(PART_BYTES_AT_MOST)
})

const anEvent = (id: string, integrationId: string): AuditEvent => ({
  id,
  at: '2026-11-24T12:00:00.000Z',
  actor: { subject: 'admin-1', name: null },
  action: 'edit',
  operation: 'editIntegration',
  integrationId,
  changedFields: [],
  outcome: 'succeeded',
  code: null,
})

/** 400 batches: seconds, and more of them while other tests run. */
const WRITING_10_000_TIMEOUT_MS = 90_000

test(
  'Looking for one integration’s events ends at 10,000 others, and goes on from there',
  async () => {
    const idOf = (index: number) => String(index).padStart(6, '0')
    const others = Array.from({ length: 10_050 }, (_, index) => anEvent(idOf(index + 1), 'busy'))
    const events = [anEvent(idOf(0), 'quiet'), ...others, anEvent(idOf(10_051), 'quiet')]
    await local.table.batchWrite(events.map((event) => ({ put: { ...keys.auditEvent(event.id), ...event } })))
    const audit = new AuditRepository(local.table)
    const first = await audit.listEventsOf('quiet', { limit: 5 })
    expect(first.events.map(({ id }) => id)).toEqual([idOf(10_051)])
    expect(first.stoppedAt).toBe(idOf(52))
    const rest = await audit.listEventsOf('quiet', { limit: 5, before: first.stoppedAt ?? '' })
    expect(rest).toEqual({ events: [anEvent(idOf(0), 'quiet')], stoppedAt: null })
    const latest = await audit.listEventsOf('busy', { limit: 2 })
    expect(latest).toMatchObject({ events: [{ id: idOf(10_050) }, { id: idOf(10_049) }], stoppedAt: null })
  },
  WRITING_10_000_TIMEOUT_MS,
)
