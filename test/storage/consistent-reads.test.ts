import { expect, test } from '@jest/globals'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import { AuditRepository } from '../../shared/storage/audit.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { OutcomeRepository } from '../../shared/storage/outcomes.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { RosterRepository } from '../../shared/storage/roster.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { WINDOW } from '../builders.ts'
import { type SentCommand, tableThrough } from '../fakes/faulty-client.ts'
import { directory } from '../../shared/data-sets/directory/directory.ts'

const POINTER = { generation: 'generation', parts: 1, window: WINDOW }

/** Every way of reading. An emulator is always consistent: what is sent is all that can be looked at. */
const READS: Readonly<Record<string, (table: Table) => Promise<unknown>>> = {
  'an integration': (table) => new IntegrationRepository(table).findIntegration('id'),
  'an integration to change': (table) => new IntegrationRepository(table).updateIntegration('id', (current) => current),
  'all integrations': (table) => new IntegrationRepository(table).listIntegrations(),
  'all revisions': (table) => new IntegrationRepository(table).listRevisions(),
  'what is scheduled': (table) => new IntegrationRepository(table).listScheduled(),
  'a name’s holder': (table) => new NameRepository(table).findHolder('name'),
  'all names': (table) => new NameRepository(table).listHeldNames(),
  'a sync': (table) => new SyncRepository(table).findSync('id', 'sync'),
  'how far a sync is': (table) => new SyncRepository(table).findProgress('id', 'sync'),
  'a page of syncs': (table) => new SyncRepository(table).listSyncs('id', { limit: 1 }),
  'audit events': (table) => new AuditRepository(table).listEvents({ limit: 1 }),
  'audit events of one integration': (table) =>
    new AuditRepository(table).searchEvents({ integrationId: 'id' }, { limit: 1 }),
  'the record': (table) => new RecordRepository(table).readRecord('id', WINDOW),
  'a series of a snapshot': (table) => new SnapshotRepository(table).readTable('id', usage, POINTER),
  'the people of a snapshot': (table) => new SnapshotRepository(table).readItems('id', directory, POINTER),
  'the pointer to the roster': (table) => new RosterRepository(table).findPointer(),
  'the roster': (table) => new RosterRepository(table).readEntries(POINTER),
  'what is left of rosters': (table) => new RosterRepository(table).cleanUp('generation'),
  'all outcomes': (table) => new OutcomeRepository(table).listOutcomes(),
  'the outcomes of an integration': (table) => new OutcomeRepository(table).listOutcomesOf('id'),
  'the outcomes of a review to delete': (table) => new OutcomeRepository(table).deleteOutcomesOf('id'),
  'what is deleted with its partition': (table) => new SyncRepository(table).deleteSyncs('id'),
}

const client = createDocumentClient({ region: 'eu-west-1' })

test.each(Object.entries(READS))('%s: read strongly consistent', async (_, read) => {
  const sent: SentCommand[] = []
  const table = tableThrough(new Table({ client, tableName: 'rollcall' }), async (command) => {
    sent.push(command)
    return { Items: [] }
  })
  await Promise.allSettled([read(table)])
  const reads = sent.filter(({ isWrite }) => !isWrite)
  expect(reads.length).toBeGreaterThan(0)
  expect(reads.filter(({ input }) => input['ConsistentRead'] !== true)).toEqual([])
})
