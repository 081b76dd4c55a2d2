import { randomBytes } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import { cleanUp } from '../functions/api/integrations/clean-up.ts'
import { createApiHandler } from '../functions/api/http/handler-factory.ts'
import { createIndexes, type Indexes } from '../functions/api/indexes.ts'
import { dispatch } from '../functions/dispatch/dispatch.ts'
import { handleMessage } from '../functions/sync/handle-message.ts'
import { repeat } from '../functions/sync/repeat.ts'
import type { Schedule } from '../shared/schedules/schedule.ts'
import { createRepositories } from '../shared/storage/repositories.ts'
import packageJson from '../package.json' with { type: 'json' }
import { localConfig as config } from './settings/local-config.ts'
import { connectAtStart } from './connect-at-start.ts'
import { consoleLogger } from './output/console-logger.ts'
import { readDashboardFiles } from './http/dashboard-files.ts'
import { holdDataDirectory } from './services/data-directory.ts'
import { startEmulatedTable } from './services/emulated-table.ts'
import { lambdaContext, LOCAL_EMAIL_CLAIM, LOCAL_ROLES } from './http/http-event.ts'
import { startHttpServer } from './http/http-server.ts'
import { FileSigner } from './services/file-signer.ts'
import { KeyFiles } from './services/key-files.ts'
import { localClient } from './services/local-client.ts'
import { MemoryQueue } from './services/memory-queue.ts'
import {
  firstConnections,
  type Opened,
  openOrganizationAt,
  type SimulatedOrganization,
  simulatedFor,
} from './organizations.ts'
import { progressLines } from './output/progress-lines.ts'
import { recover } from './services/recover.ts'
import { DEFAULT_RUN_OPTIONS, type RunOptions } from './settings/run-options.ts'
import { startScheduleTimers } from './services/schedule-timers.ts'
import type { Settings } from './settings/settings.ts'
import { summaryLines } from './output/summary.ts'

type Write = (line: string) => void

/**
 * The hourly clean-up that the api function runs on AWS. It is not one of the deployment's schedules, so no integration
 * can name it.
 */
const CLEAN_UP: Schedule = { name: 'clean up', expression: 'rate(1 hour)', timeZone: 'UTC', default: false }

interface Start {
  readonly settings: Settings
  readonly options: RunOptions
  readonly write: Write
  readonly opened: Opened
}

/** A running Rollcall. */
export interface Rollcall {
  readonly url: string
  /** Resolves when no sync is queued or running, at the latest after `waitMs`. */
  idle(waitMs: number): Promise<void>
  close(): Promise<void>
}

/**
 * Runs Rollcall in this process: the same functions as on AWS, with the table, queue, schedules and key store of one
 * machine. Resolves when API and page answer and the first sync has ended or its waiting time is over. After a failure
 * nothing stays open. Throws `DataDirectoryInUseError`, `DataDirectoryUnusableError`, `WrongEncryptionKeyError`.
 */
export async function startRollcall(
  settings: Settings,
  write: Write,
  options: Partial<RunOptions> = {},
): Promise<Rollcall> {
  const opened: Opened = []
  const close = async () => {
    for (const closeOne of opened.splice(0).toReversed()) await closeOne()
  }
  try {
    return { ...(await start(settings, { ...DEFAULT_RUN_OPTIONS, ...options }, write, opened)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  settings: Settings,
  options: RunOptions,
  writeLine: Write,
  opened: Opened,
): Promise<Pick<Rollcall, 'url' | 'idle'>> {
  const stores = await openStores(settings, options, opened)
  const stored = await stores.integrations.listIntegrations()
  const simulated = await simulatedFor(settings, stored, options, opened)
  const write = untilClosed(writeLine, opened)
  const dependencies = wire(stores, simulated, { settings, options, write, opened })
  await recover(dependencies)
  const indexes = createIndexes(dependencies)
  const api = createApiHandler(dependencies, indexes)
  // The first connection and the summary call the API like any client, with their own token if tokens are required.
  const ownToken = randomBytes(24).toString('hex')
  const server = await startHttpServer({
    port: settings.port,
    tokens: settings.tokens && [...settings.tokens, { token: ownToken, role: 'admin' }],
    logger: dependencies.logger,
    dashboard: await readDashboardFiles(),
    answer: (event) => api(event, lambdaContext()),
  })
  opened.push(() => server.close())
  const client = localClient(server.url, ownToken)
  for (const connection of firstConnections(settings, simulated)) {
    await connectAtStart(connection, stored, client.postJson, write)
  }
  // A large organization's first sync continues in the background.
  await dependencies.queue.idle(options.firstSyncWaitMs)
  startTimers(dependencies, indexes, opened)
  await Promise.all([client.getJson('/v1/health'), client.requirePage('/docs/')])
  const summary = await summaryLines(server.url, client.getJson, settings.tokens !== undefined).catch(
    (error: unknown) => {
      // A failing summary must not prevent the start.
      dependencies.logger.error('The summary could not be created.', error)
      return []
    },
  )
  write(['', `Rollcall is ready: ${server.url}`, '', ...summary].join('\n'))
  return { url: server.url, idle: (waitMs) => dependencies.queue.idle(waitMs) }
}

async function openStores(settings: Settings, { lockWaitMs }: RunOptions, opened: Opened) {
  const directory = await holdDataDirectory(settings.dataDir, lockWaitMs)
  opened.push(() => directory.release())
  const emulator = await startEmulatedTable(directory.tablePath)
  const { table } = emulator
  opened.push(() => emulator.close())
  return {
    ...createRepositories(table),
    keys: await KeyFiles.open(directory.keysPath, settings.encryptionKey),
    signer: new FileSigner(directory.keysPath, settings.encryptionKey),
  }
}

/** After closing, a sync that still runs prints nothing. The next start reports how it continued. */
function untilClosed(write: Write, opened: Opened): Write {
  let isClosed = false
  opened.push(async () => {
    isClosed = true
  })
  return (line) => (isClosed ? undefined : write(line))
}

/** The dependencies of all functions, with the queue that delivers to the sync function. */
function wire(
  stores: Awaited<ReturnType<typeof openStores>>,
  simulated: readonly SimulatedOrganization[],
  { settings, options, write, opened }: Start,
) {
  const logger = consoleLogger(write)
  const shared = {
    ...stores,
    openOrganization: openOrganizationAt(settings.baseUrls, simulated, options),
    isSimulatedKey: (key: { reveal(): string }) => simulated.some(({ adminKey }) => adminKey === key.reveal()),
    roles: LOCAL_ROLES,
    emailClaim: LOCAL_EMAIL_CLAIM,
    schedules: schedulesFor(settings),
    now: options.now,
    newId: monotonicFactory(),
    logger,
    version: packageJson.version,
    windowDays: config.windowDays,
    keepRemovedDays: config.keepRemovedDays,
    keepReviewsDays: config.keepReviewsDays,
    optionalDataSets: settings.optionalDataSets ?? config.optionalDataSets,
    findingThresholds: config.findingThresholds,
    leaseMs: config.syncLeaseMs,
    onProgress: progressLines(write),
    repeat,
  }
  const queue = new MemoryQueue(
    (message, deliveryCount) => handleMessage(message, deliveryCount, { ...shared, queue }),
    logger,
  )
  opened.push(() => queue.close(options.stopWaitMs))
  return { ...shared, queue }
}

function startTimers(dependencies: ReturnType<typeof wire>, indexes: Indexes, opened: Opened): void {
  const { schedules, logger, now } = dependencies
  const fire = (name: string) =>
    name === CLEAN_UP.name ? cleanUp(dependencies, indexes) : dispatch(name, dependencies)
  const stop = startScheduleTimers({ schedules: [...schedules, CLEAN_UP], fire, logger, now })
  opened.push(async () => stop())
}

/** An interval in seconds replaces the expression of every schedule. */
function schedulesFor({ syncIntervalSeconds }: Settings): readonly Schedule[] {
  if (syncIntervalSeconds === undefined) return config.schedules
  return config.schedules.map((schedule) => ({ ...schedule, expression: `rate(${syncIntervalSeconds} seconds)` }))
}
