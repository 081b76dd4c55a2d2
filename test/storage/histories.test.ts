import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { AuditEvent } from '../../shared/domain/audit-event.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { AuditRepository } from '../../shared/storage/audit.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { keys } from '../../shared/storage/table.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

const FIRST = '01KAAAAAAAAAAAAAAAAAAAAAAA'
const SECOND = '01KBBBBBBBBBBBBBBBBBBBBBBB'
const THIRD = '01KCCCCCCCCCCCCCCCCCCCCCCC'

test('Syncs are listed newest first, in pages, independent of the order of writing', async () => {
  const syncs = new SyncRepository(local.table)
  for (const id of [SECOND, THIRD, FIRST]) await syncs.putSync('one', aSync(id))
  expect((await syncs.listSyncs('one', { limit: 2 })).map((sync) => sync.id)).toEqual([THIRD, SECOND])
  expect((await syncs.listSyncs('one', { limit: 2, before: SECOND })).map((sync) => sync.id)).toEqual([FIRST])
  expect(await syncs.listSyncs('one', { limit: 2, before: FIRST })).toEqual([])
})

test('A sync written again replaces the earlier one', async () => {
  const syncs = new SyncRepository(local.table)
  await syncs.putSync('two', aSync(FIRST, { state: 'queued', finishedAt: null }))
  await syncs.putSync('two', aSync(FIRST))
  expect(await syncs.findSync('two', FIRST)).toEqual(aSync(FIRST))
  expect(await syncs.findSync('two', SECOND)).toBeUndefined()
})

test('Deleting an integration’s syncs keeps those of others', async () => {
  const syncs = new SyncRepository(local.table)
  await syncs.putSync('three', aSync(FIRST))
  await syncs.putSync('four', aSync(FIRST))
  await syncs.deleteSyncs('three')
  await syncs.deleteSyncs('three')
  expect(await syncs.listSyncs('three', { limit: 10 })).toEqual([])
  expect(await syncs.listSyncs('four', { limit: 10 })).toEqual([aSync(FIRST)])
})

test('A search for one integration’s events stops after ten queries of 1,000 each, and can be continued', async () => {
  const limits: unknown[] = []
  // As DynamoDB may, it gives fewer than are asked for: five.
  const table = tableThrough(local.table, async ({ input }) => {
    limits.push(input['Limit'])
    const { client, tableName } = local.table
    return client.send(new QueryCommand({ ...input, TableName: tableName, Limit: 5 }))
  })
  const idOf = (index: number) => String(index).padStart(6, '0')
  const others = Array.from({ length: 55 }, (_, index) => anEvent(idOf(index + 1), 'busy'))
  const events = [anEvent(idOf(0), 'quiet'), ...others, anEvent(idOf(56), 'quiet')]
  await local.table.batchWrite(events.map((event) => ({ put: { ...keys.auditEvent(event.id), ...event } })))
  const audit = new AuditRepository(table)
  const first = await audit.searchEvents({ integrationId: 'quiet' }, { limit: 5 })
  expect(first.events.map(({ id }) => id)).toEqual([idOf(56)])
  expect(first.stoppedAt).toBe(idOf(7))
  expect(limits).toEqual(Array.from({ length: 10 }, () => 1_000))
  const rest = await audit.searchEvents({ integrationId: 'quiet' }, { limit: 5, before: first.stoppedAt ?? '' })
  expect(rest).toEqual({ events: [anEvent(idOf(0), 'quiet')], stoppedAt: null })
  const latest = await audit.searchEvents({ integrationId: 'busy' }, { limit: 2 })
  expect(latest).toMatchObject({ events: [{ id: idOf(55) }, { id: idOf(54) }], stoppedAt: null })
})

function aSync(id: string, overrides: Partial<Sync> = {}): Sync {
  return {
    id,
    state: 'succeeded',
    trigger: 'schedule',
    queuedAt: '2026-11-24T09:00:00.000Z',
    startedAt: '2026-11-24T09:00:01.000Z',
    finishedAt: '2026-11-24T09:00:09.000Z',
    problem: null,
    dataSets: {
      directory: { unchanged: true, rows: 3, written: 0, problem: null },
      usage: { unchanged: false, rows: 5, written: 1, problem: null },
    },
    removedUsers: 0,
    ...overrides,
  }
}

function anEvent(id: string, integrationId: string): AuditEvent {
  return {
    id,
    at: '2026-11-24T12:00:00.000Z',
    actor: { subject: 'admin-1', name: null },
    action: 'edit',
    operation: 'editIntegration',
    integrationId,
    findingId: null,
    changedFields: [],
    outcome: 'succeeded',
    code: null,
  }
}
