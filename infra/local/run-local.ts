import { monotonicFactory } from 'ulid'
import { createApiHandler } from '../../functions/api/handler-factory.ts'
import { dispatch } from '../../functions/dispatch/dispatch.ts'
import { runSync } from '../../functions/sync/run-sync.ts'
import { OpenAiOrganization } from '../../shared/openai/openai-organization.ts'
import type { OpenOrganization } from '../../shared/ports/organization.ts'
import type { Schedule } from '../../shared/ports/schedules.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { config } from '../config.ts'
import { type FirstConnection, connectAtStart } from './connect-at-start.ts'
import { consoleLogger } from './console-logger.ts'
import { holdDataDirectory } from './data-directory.ts'
import { startEmulatedTable } from './emulated-table.ts'
import { startHttpServer } from './http-server.ts'
import { KeyFiles } from './key-files.ts'
import { lambdaContext } from './lambda-context.ts'
import { MemoryQueue } from './memory-queue.ts'
import { progressLines } from './progress-lines.ts'
import { recover } from './recover.ts'
import { startScheduleTimers } from './schedule-timers.ts'
import type { Settings } from './settings.ts'
import { startSimulatedOrganization } from './simulated-organization/server.ts'
import { summaryLines } from './summary.ts'

const OPENAI_BASE_URL = 'https://api.openai.com/v1'
const FIRST_SYNC_WITHIN_MS = 12_000
const STOP_WITHIN_MS = 3_000
const VERSION = '0.1.0'

/** A running Rollcall. */
export interface Rollcall {
  readonly url: string
  close(): Promise<void>
}

/**
 * Runs Rollcall in this process: the same functions as on AWS, with the table, the queue, the schedules and the key store
 * of one machine. Resolves when api and page answer and the first sync has ended or had its time. Throws
 * `DataDirectoryInUseError`, `WrongEncryptionKeyError`.
 */
export async function startRollcall(settings: Settings, write: (line: string) => void): Promise<Rollcall> {
  const directory = await holdDataDirectory(settings.dataDir)
  const emulator = await startEmulatedTable(directory.tablePath)
  const { table } = emulator
  const keys = await KeyFiles.open(directory.keysPath, settings.encryptionKey)
  const integrations = new IntegrationRepository(table)
  const stored = await integrations.listIntegrations()
  const wantsSimulated = !settings.empty && settings.adminKey === undefined && settings.baseUrl === undefined
  const simulated =
    stored.some((integration) => integration.simulated) || (stored.length === 0 && wantsSimulated)
      ? await startSimulatedOrganization()
      : undefined
  const openOrganization: OpenOrganization = (access) => {
    const baseUrl = access.simulated && simulated !== undefined ? simulated.baseUrl : settings.baseUrl
    return new OpenAiOrganization({ baseUrl: baseUrl ?? OPENAI_BASE_URL, key: access.key, deadline: access.deadline })
  }
  const logger = consoleLogger(write)
  const schedules = schedulesFor(settings)
  const shared = {
    integrations,
    names: new NameRepository(table),
    syncs: new SyncRepository(table),
    snapshots: new SnapshotRepository(table),
    records: new RecordRepository(table),
    keys,
    openOrganization,
    isSimulatedKey: (key: { reveal(): string }) => key.reveal() === simulated?.keys.admin,
    schedules,
    now: () => new Date(),
    newId: monotonicFactory(),
    logger,
    version: VERSION,
    windowDays: config.windowDays,
    keepRemovedDays: config.keepRemovedDays,
    leaseMs: config.syncLeaseMs,
    onProgress: progressLines(write),
  }
  const queue = new MemoryQueue((message) => runSync(message, shared), logger)
  const dependencies = { ...shared, queue }
  const api = createApiHandler(dependencies)
  const server = await startHttpServer({
    port: settings.port,
    token: settings.token,
    logger,
    answer: (event) => api(event, lambdaContext()),
  })
  await recover(dependencies)
  const headers = {
    'content-type': 'application/json',
    ...(settings.token !== undefined && { authorization: `Bearer ${settings.token}` }),
  }
  const getJson = async (path: string): Promise<unknown> => (await fetch(server.url + path, { headers })).json()
  await connectAtStart(firstConnection(settings, simulated?.keys.admin), stored, postJson, write)
  // A large organization goes on behind.
  await queue.idle(FIRST_SYNC_WITHIN_MS)
  const stopTimers = startScheduleTimers({
    schedules,
    fire: (scheduleName) => dispatch({ scheduleName, now: new Date() }, dependencies),
    logger,
  })
  await getJson('/v1/health')
  const summary = await summaryLines(server.url, getJson, settings.token !== undefined)
  write(['', `Rollcall is ready: ${server.url}`, '', ...summary].join('\n'))
  return { url: server.url, close }

  async function postJson(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }

  async function close(): Promise<void> {
    stopTimers()
    await server.close()
    await queue.close(STOP_WITHIN_MS)
    await simulated?.close()
    await emulator.close()
    await directory.release()
  }
}

function firstConnection(settings: Settings, simulatedKey: string | undefined): FirstConnection | undefined {
  if (settings.empty) return undefined
  if (settings.adminKey !== undefined) return { name: 'OpenAI', adminKey: settings.adminKey }
  return simulatedKey === undefined ? undefined : { name: 'Simulated organization', adminKey: simulatedKey }
}

/** An interval in seconds takes the place of every schedule's own expression. */
function schedulesFor({ syncIntervalSeconds }: Settings): readonly Schedule[] {
  if (syncIntervalSeconds === undefined) return config.schedules
  return config.schedules.map((schedule) => ({ ...schedule, expression: `rate(${syncIntervalSeconds} seconds)` }))
}
