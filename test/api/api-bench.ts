import { encodeTime } from 'ulid'
import * as z from 'zod'
import type { ApiDependencies } from '../../functions/api/api-dependencies.ts'
import { createApiHandler } from '../../functions/api/http/handler-factory.ts'
import { handleMessage } from '../../functions/sync/handle-message.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import type { Invite } from '../../shared/data-sets/invites/invites.ts'
import type { ListedKey } from '../../shared/data-sets/keys/keys.ts'
import type { SnapshotPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { EMAIL_CLAIM } from '../../shared/domain/role.ts'
import { DEFAULT_DATA_SETS } from '../../shared/providers/find-provider.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import type { OpenOrganization } from '../../shared/providers/open-organization.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import type { ItemKey } from '../../shared/storage/table.ts'
import type { Item } from '../../shared/storage/table-access.ts'
import { aTable, emptySeries, NO_LISTS } from '../builders.ts'
import { FakeKeyStore } from '../fakes/fake-key-store.ts'
import { FakeOrganization } from '../fakes/fake-organization.ts'
import { FakeQueue } from '../fakes/fake-queue.ts'
import { memorySigner } from '../fakes/memory-signer.ts'
import { writeSnapshot } from '../storage/write-snapshot.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { listed, used } from '../sync/sync-bench.ts'
import type { Sent } from './api-event.ts'
import { call } from './call.ts'
import { everyItem } from './stored-items.ts'

export const KEY = 'sk-admin-0123456789abcdefWXYZ'
export const OTHER_KEY = 'sk-admin-9876543210fedcbaQRST'

const integrationId = z.object({ id: z.string() })
const storedItem = z.looseObject({ pk: z.string(), sk: z.string() })

export interface ApiBenchOptions {
  readonly clock?: { now: Date }
  /** Replaces the organizations in memory. */
  readonly openOrganization?: OpenOrganization
  /** Replaces the reliable table. */
  readonly startTable?: typeof startLocalTable
  /** A purge queries the table for each day, so few days make it fast. */
  readonly windowDays?: number
  /** The saved state of another bench, to continue from it. */
  readonly from?: SavedBench
}

/** The state of a bench: its table and keys, the time, and the number of generated ids. Its queue must be empty. */
export interface SavedBench {
  readonly items: readonly (Item & ItemKey)[]
  readonly keys: FakeKeyStore['stored']
  readonly now: Date
  readonly idsGiven: number
}

/**
 * The api function on a real table, with a clock that the test controls, an organization for each key, and a queue that
 * `drain` delivers to the sync function.
 */
export async function startApiBench(options: ApiBenchOptions = {}) {
  const local = await (options.startTable ?? startLocalTable)()
  const { table } = local
  const { from } = options
  const clock = options.clock ?? { now: from?.now ?? new Date('2026-11-24T12:00:00.000Z') }
  let idsGiven = from?.idsGiven ?? 0
  if (from !== undefined) await table.batchWrite(from.items.map((put) => ({ put })))
  const organizations = new Map([
    [KEY, anOrganization()],
    [OTHER_KEY, anOrganization()],
  ])
  const openOrganization: OpenOrganization = async ({ key }) => {
    const organization = organizations.get(key.reveal())
    if (organization !== undefined) return organization
    const unknown = new FakeOrganization()
    unknown.failsWith = 'invalid_admin_key'
    return unknown
  }
  const logged: unknown[] = []
  const log = (...entries: unknown[]) => void logged.push(...entries.map((entry) => String(entry)), entries)
  const keys = new FakeKeyStore(from?.keys)
  const queue = new FakeQueue()
  const dependencies: ApiDependencies & SyncDependencies = {
    ...createRepositories(table),
    keys,
    queue,
    openOrganization: options.openOrganization ?? openOrganization,
    isSimulatedKey: () => false,
    schedules: [
      { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true },
      { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'UTC', default: false },
    ],
    roles: [{ claim: 'role', viewer: ['viewer'], reviewer: ['reviewer'], admin: ['admin'] }],
    emailClaim: EMAIL_CLAIM,
    signer: memorySigner(),
    keepReviewsDays: 400,
    now: () => clock.now,
    // A ULID. Ids are greater for later times and for later calls.
    newId: () => encodeTime(clock.now.getTime()) + String((idsGiven += 1)).padStart(16, '0'),
    windowDays: options.windowDays ?? 60,
    keepRemovedDays: 60,
    optionalDataSets: DEFAULT_DATA_SETS,
    findingThresholds: DEFAULT_THRESHOLDS,
    leaseMs: 900_000,
    logger: { info: log, warn: log, error: log },
    version: '1.2.3',
  }
  const handler = createApiHandler(dependencies)
  const request = (method: string, target: string, sent?: Sent) => call(handler, method, `/v1${target}`, sent)
  const connect = (overrides: Record<string, unknown> = {}) =>
    request('POST', '/integrations', { json: { provider: 'openai', name: 'Acme', adminApiKey: KEY, ...overrides } })
  /** Delivers queued messages, and those that they cause, to the sync function. */
  const drain = async () => {
    for (let message = queue.messages.shift(); message !== undefined; message = queue.messages.shift()) {
      await handleMessage(message, 1, dependencies)
    }
  }
  return {
    ...local,
    clock,
    advance: (ms: number) => (clock.now = new Date(clock.now.getTime() + ms)),
    organizations,
    organization: (key: string = KEY) => {
      const found = organizations.get(key)
      if (found === undefined) throw new Error('no organization has this key')
      return found
    },
    keys,
    queue,
    logged,
    dependencies,
    request,
    connect,
    drain,
    /** The current state, for other benches to continue from. */
    save: async (): Promise<SavedBench> => {
      if (queue.messages.length > 0) throw new Error('what is queued would be lost')
      const items: (Item & ItemKey)[] = []
      for await (const item of everyItem(table)) items.push(storedItem.parse(item))
      return { items, keys: new Map(keys.stored), now: clock.now, idsGiven }
    },
    /** Connects and syncs. Returns the id. */
    connected: async (overrides: Record<string, unknown> = {}) => {
      const { id } = integrationId.parse((await connect(overrides)).body)
      await drain()
      return id
    },
    /** Replaces the published snapshot without a sync, for large ones. */
    publish: async (id: string, people: readonly SnapshotPerson[], rows: readonly UsageRow[]) => {
      const { integrations, snapshots } = dependencies
      const { published } = await integrations.getIntegration(id)
      if (published === null) throw new Error('nothing is published')
      const usage = aTable(rows, published.dataSets.directory.window)
      const large = await writeSnapshot(snapshots, id, 'LARGE', {
        people,
        series: { ...emptySeries(usage.window), usage },
        lists: NO_LISTS,
      })
      await integrations.updateIntegration(id, (current) => ({
        ...current,
        published: { ...published, dataSets: large.dataSets, summary: large.summary },
      }))
    },
    /** Runs a scheduled sync. */
    scheduledSync: async (id: string, syncId = dependencies.newId()) => {
      const message = { kind: 'sync', integrationId: id, syncId, trigger: 'schedule' } as const
      await handleMessage(message, 1, dependencies)
    },
  }
}

export type ApiBench = Awaited<ReturnType<typeof startApiBench>>

/** The state of a bench after Acme was connected and synced, and its id. */
export async function savedOnceConnected(options?: ApiBenchOptions): Promise<{ id: string; saved: SavedBench }> {
  const bench = await startApiBench(options)
  try {
    return { id: await bench.connected(), saved: await bench.save() }
  } finally {
    await bench.close()
  }
}

const A_KEY: ListedKey = {
  kind: 'project',
  id: 'key_1',
  name: 'Nightly job',
  hint: 'wxyz',
  project: { id: 'proj_1', name: 'Search' },
  owner: { kind: 'service_account', id: 'svc_acct_1', name: 'bot', email: null },
  createdAt: '2026-11-01T00:00:00.000Z',
  lastUsedOn: '2026-11-23',
  expiresAt: null,
  isUseKnown: true,
  isActive: true,
}
const AN_INVITE: Invite = {
  id: 'invite_1',
  email: 'dan@acme.example',
  role: 'reader',
  invitedAt: '2026-11-20T00:00:00.000Z',
  expiresAt: null,
  status: 'pending',
}

/** Three people of acme.example and one from outside, with some usage, a key and an invitation. */
export function anOrganization(): FakeOrganization {
  const organization = new FakeOrganization()
  organization.people = [
    listed('ana', { role: 'owner' }),
    listed('bob'),
    listed('cyn', { email: 'cyn@agency.example' }),
    listed('bot', { kind: 'service_account', email: null }),
  ]
  organization.rows = [
    used('ana', '2026-11-24', 5),
    used('ana', '2026-11-20', 2, 'gpt-4'),
    used('bob', '2026-10-01', 3),
    used('bot', '2026-11-23', 11),
    used('gone', '2026-11-01', 2),
    used(null, '2026-11-02', 7),
  ]
  organization.items = { keys: [A_KEY], invites: [AN_INVITE] }
  return organization
}
