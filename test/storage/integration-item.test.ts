import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { OTHER_KIND_NAMES } from '../../shared/data-sets/other-usage/kinds.ts'
import { syncProblem } from '../../shared/domain/problem.ts'
import type { Integration, PublishedDataSet } from '../../shared/integrations/integration.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import { notReadResult, type Sync } from '../../shared/integrations/sync.ts'
import { toIntegration, toIntegrationItem } from '../../shared/storage/integration-item.ts'
import { anIntegration, WINDOW } from '../builders.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

const NOW = new Date('2026-11-24T12:00:00.123Z')
const OPTIONAL = ['costs', 'keys', 'invites', 'logins']
/** Lists have no digest. */
const SERIES = ['usage', 'costs']
const DATA_SETS = ['directory', 'usage', ...OPTIONAL]
const syncIdOf = (number: number) => `01KAV8XJ0QZ7M4T9R2C6W5N${String(number).padStart(3, '0')}`

function pointer(id: string, number: number): PublishedDataSet {
  return {
    syncId: syncIdOf(number),
    syncedAt: NOW.toISOString(),
    window: WINDOW,
    generation: `${id}.${syncIdOf(number - 1)}.1`,
    parts: 12,
    digest: SERIES.includes(id) ? 'k1d5QvZpX0hT2yB9nM4rUw' : null,
    ...(id === 'logins' && { covered: { from: '2026-09-26T00:00:00.000Z', to: '2026-11-24T12:00:00.000Z' } }),
  }
}

/** An organization of thousands whose six data sets were published by the syncs of these numbers, with all that it can have. */
function synced(numberOf: (id: string) => number): Integration {
  const pointers = DATA_SETS.map((id): [string, PublishedDataSet] => [id, pointer(id, numberOf(id))])
  const { directory = pointer('directory', 1), ...others } = Object.fromEntries(pointers)
  const read = DATA_SETS.map((id): [string, Sync['dataSets'][string]] => [
    id,
    { unchanged: false, rows: 123_456, written: 1_234, problem: null },
  ])
  return anIntegration({
    organizationId: '3f2b8c1e-7d4a-4e6f-9b0c-5a1d2e3f4a5b',
    name: 'Acme Europe, Research and Development',
    keyExpiresAt: '2027-06-30T00:00:00.000Z',
    companyDomains: ['acme.example', 'acme-research.example'],
    schedule: 'every-6-hours',
    keyVersion: 3,
    lastKeyVersion: 3,
    revision: 4_321,
    lastSync: {
      ...queuedSync(syncIdOf(9), 'schedule', NOW),
      state: 'succeeded',
      startedAt: NOW.toISOString(),
      finishedAt: NOW.toISOString(),
      removedUsers: 12,
      dataSets: Object.fromEntries(read),
    },
    published: {
      dataSets: { directory, ...others },
      summary: { generation: `summary.${syncIdOf(9)}.1`, parts: 1 },
      counts: { members: 12_345, guests: 123, inUse: 9_876, unused: 2_469, noData: 0 },
      inferredDomains: ['acme.example'],
    },
    record: { syncId: syncIdOf(9), window: WINDOW },
  })
}

const notPermitted = Object.fromEntries(OPTIONAL.map((id) => [id, 'insufficient_permissions' as const]))

/** The optional ones were read by an older sync, and the key cannot read them any more. */
function withoutPermissions(): Integration {
  const current = synced((id) => (OPTIONAL.includes(id) ? 4 : 9))
  const failed = OPTIONAL.map((id) => [id, notReadResult('insufficient_permissions')])
  const lastSync = current.lastSync && {
    ...current.lastSync,
    dataSets: { ...current.lastSync.dataSets, ...Object.fromEntries(failed) },
  }
  return { ...current, lastSync, dataSetProblems: notPermitted }
}

/** Of a hundred projects, the keys could not be read. */
function withUnreadProjects(): Integration {
  const current = synced(() => 9)
  const unread = { names: ['Search', 'Customer support', 'Research and Development'], more: 97 }
  const { published, lastSync } = current
  if (published === null || lastSync === null) throw new Error('The state has no data.')
  const result = { unchanged: true, rows: 123_456, written: 0, problem: 'partly_read' as const, unread }
  const keys = { ...pointer('keys', 9), digest: null, unread }
  return {
    ...current,
    published: { ...published, dataSets: { ...published.dataSets, keys } },
    lastSync: { ...lastSync, dataSets: { ...lastSync.dataSets, keys: result } },
    dataSetProblems: { keys: 'partly_read' },
  }
}

/** Six data sets that a run has replaced, while it writes the record and another sync waits. */
function whileRecording(integration: Integration): Integration {
  return {
    ...integration,
    unpublishedGenerations: DATA_SETS.map((id) => `${id}.${syncIdOf(7)}.1`),
    lease: { expiresAt: NOW.toISOString(), attempt: 1 },
    record: { syncId: syncIdOf(8), window: WINDOW },
    waitingSync: queuedSync(syncIdOf(10), 'manual', NOW),
  }
}

const STATES: [string, Integration][] = [
  ['that was synced', synced(() => 9)],
  ['while its record is written and a sync waits', whileRecording(synced(() => 9))],
  ['whose key lost four permissions', withoutPermissions()],
  ['of which the keys of many projects could not be read', withUnreadProjects()],
  [
    'whose key lost four permissions, while its record is written and a sync waits',
    whileRecording(withoutPermissions()),
  ],
  [
    'whose key was revoked',
    {
      ...withoutPermissions(),
      problem: { ...syncProblem('invalid_admin_key', { dataSet: 'directory' }), since: NOW.toISOString() },
      lateWritesUntil: NOW.toISOString(),
      implausible: { at: NOW.toISOString(), missing: 'k1d5QvZpX0hT2yB9nM4rUw' },
    },
  ],
]

describe('An integration with six data sets', () => {
  test.each(STATES)('%s takes at most two units to write, and is read back as it was', async (_, integration) => {
    const { client, tableName: TableName } = local.table
    const Item = { ...toIntegrationItem(integration), latestWrites: ['abcdefgh', 'ijklmnop', 'qrstuvwx', 'yz012345'] }
    const put = await client.send(new PutCommand({ TableName, Item, ReturnConsumedCapacity: 'TOTAL' }))
    expect(put.ConsumedCapacity?.CapacityUnits).toBeLessThanOrEqual(2)
    expect(toIntegration(Item)).toEqual(integration)
  })
})

describe('An integration with other usage as the seventh data set, of which all kinds but one are missing', () => {
  test.each(STATES)('%s takes at most three units, two once it was synced', async (title, six) => {
    const { client, tableName: TableName } = local.table
    const integration = withOtherUsage(six)
    const Item = { ...toIntegrationItem(integration), latestWrites: ['abcdefgh', 'ijklmnop', 'qrstuvwx', 'yz012345'] }
    const put = await client.send(new PutCommand({ TableName, Item, ReturnConsumedCapacity: 'TOTAL' }))
    expect(put.ConsumedCapacity?.CapacityUnits).toBeLessThanOrEqual(title === 'that was synced' ? 2 : 3)
    expect(toIntegration(Item)).toEqual(integration)
  })
})

const WHY = { code: 'insufficient_permissions', readAt: NOW.toISOString() } as const

function withOtherUsage(six: Integration): Integration {
  const { published, lastSync } = six
  if (published === null || lastSync === null) throw new Error('The state has no data.')
  const { directory, ...others } = published.dataSets
  const other = { ...pointer('other_usage', 9), missing: OTHER_KIND_NAMES.slice(1).map((part) => ({ part, ...WHY })) }
  const result = { unchanged: false, rows: 123_456, written: 1_234, problem: null }
  return {
    ...six,
    published: { ...published, dataSets: { directory, other_usage: other, ...others } },
    lastSync: { ...lastSync, dataSets: { ...lastSync.dataSets, other_usage: result } },
  }
}

test('What says nothing is not stored, and a pending edit keeps what it clears', () => {
  const fields = { schedule: null, companyDomains: [], keyExpiresAt: null }
  const edited = anIntegration({ pendingEdit: { id: 'e', startedAt: NOW.toISOString(), fields, key: null } })
  const item = toIntegrationItem(edited)
  expect(Object.keys(item)).not.toContain('lastSync')
  expect(toIntegration(item)).toEqual(edited)
})

test('An item without a directory among what is published is none', () => {
  const item = toIntegrationItem(synced(() => 9))
  expect(() => toIntegration({ ...item, published: { readings: [], summary: { run: 'a.1' } } })).toThrow(
    'The directory is missing.',
  )
})
