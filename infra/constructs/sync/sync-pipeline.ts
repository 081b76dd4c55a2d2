import { Duration, Names } from 'aws-cdk-lib'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { DispatchEvent } from '../../../functions/dispatch/dispatch.ts'
import { DELIVERIES_AT_MOST } from '../../../functions/sync/run-sync.ts'
import type { Schedule } from '../../../shared/schedules/schedule.ts'
import { SYNC_LEASE_MS, SYNC_TIMEOUT_MS, SYNC_VISIBILITY_MS } from '../../sync-timing.ts'
import type { AdminKeys } from '../admin-keys.ts'
import type { CustomerKey } from '../customer-key.ts'
import { encryptedQueue } from './encrypted-queue.ts'
import type { FailedRuns } from '../monitoring/failed-runs.ts'
import { RollcallFunction } from '../rollcall-function.ts'
import type { Storage } from '../storage.ts'
import { Schedules } from './schedules.ts'

export interface SyncPipelineProps {
  /** The table. Dispatch may list integrations; the sync function may read and write any item. */
  readonly storage: Storage
  /** The Admin keys, which the sync function may read. */
  readonly adminKeys: AdminKeys
  /** Each schedule invokes the dispatch function. */
  readonly schedules: readonly Schedule[]
  /** How many UTC days of usage each sync reads. */
  readonly windowDays: number
  /** How long removed people are kept, in days. */
  readonly keepRemovedDays: number
  /** The optional data sets that syncs read. */
  readonly optionalDataSets: readonly string[]
  /** The most syncs that run at the same time. */
  readonly syncsAtOnce: number
  /** Base URLs of providers' APIs, by provider id. Default: each provider's own address. */
  readonly providerBaseUrls: Readonly<Record<string, string>>
  /** How long log entries are kept. */
  readonly logRetention: RetentionDays
  /** Receives dispatch runs that could not be started or failed every time. */
  readonly failedRuns: FailedRuns
  /** Encrypts the queues and the logs. Default: AWS's own keys. */
  readonly customerKey: CustomerKey | undefined
}

/** Schedules → dispatch → one message for each integration → sync, with a dead-letter queue after three tries. */
export class SyncPipeline extends Construct {
  readonly dispatch: RollcallFunction
  readonly sync: RollcallFunction
  readonly queue: Queue
  readonly deadLetterQueue: Queue
  private readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, props: SyncPipelineProps) {
    super(scope, id)
    const { storage, adminKeys, logRetention, failedRuns, customerKey } = props
    this.customerKey = customerKey
    this.deadLetterQueue = encryptedQueue(this, 'DeadLetters', { customerKey, retentionPeriod: Duration.days(14) })
    this.queue = encryptedQueue(this, 'Queue', {
      customerKey,
      visibilityTimeout: Duration.millis(SYNC_VISIBILITY_MS),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: DELIVERIES_AT_MOST },
    })

    this.sync = new RollcallFunction(this, 'Sync', {
      folder: 'sync',
      description: 'Rollcall: reads one organization',
      timeout: Duration.millis(SYNC_TIMEOUT_MS),
      // docs/performance.md: beyond idle Node, a first run needs about 170 MB at 10,000 members and 310 MB at 50,000.
      // With the heap that comes with 1,024 MB it uses 380 MB and 570 MB. The extra memory buys 0.6 of a vCPU for
      // parsing, and fewer garbage collections.
      memoryMb: 1024,
      logRetention,
      customerKey,
    })
    storage.allowItems(this.sync)
    adminKeys.allowReading(this.sync)
    this.allowSending(this.sync)
    this.sync.set('PROVIDER_BASE_URLS', JSON.stringify(props.providerBaseUrls))
    this.sync.set('WINDOW_DAYS', `${props.windowDays}`)
    this.sync.set('KEEP_REMOVED_DAYS', `${props.keepRemovedDays}`)
    this.sync.set('OPTIONAL_DATA_SETS', JSON.stringify(props.optionalDataSets))
    this.sync.set('SYNC_LEASE_MS', `${SYNC_LEASE_MS}`)
    this.feedSync(props.syncsAtOnce)

    this.dispatch = new RollcallFunction(this, 'Dispatch', {
      folder: 'dispatch',
      description: 'Rollcall: one message for each integration on a schedule',
      timeout: Duration.minutes(5),
      // docs/performance.md: 10,000 integrations need about 50 MB beyond idle Node and 0.9 s of a core, which is 3 s of
      // the 0.3 vCPU that comes with this memory.
      memoryMb: 512,
      retryAttempts: 1,
      failedRuns,
      logRetention,
      customerKey,
    })
    storage.allowListingIntegrations(this.dispatch)
    this.allowSending(this.dispatch)
    const names = props.schedules.map(({ name, default: isDefault }) => ({ name, default: isDefault }))
    this.dispatch.set('SCHEDULE_NAMES', JSON.stringify(names))

    const schedules = new Schedules(this, 'Schedules', { target: this.dispatch, failedRuns })
    for (const { name, expression, timeZone } of props.schedules) {
      const event: DispatchEvent = { scheduleName: name }
      // Failed messages are not retried here: the schedule's next run sends them again.
      schedules.add({ name, expression, timeZone, event, maxEventAge: Duration.hours(1) })
    }
  }

  /**
   * The event source limits concurrency: further messages wait in the queue instead of failing in the function. CDK's
   * `SqsEventSource` is not used, because it allows the function every use of the queue's key. The construct has its
   * name.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
   */
  private feedSync(syncsAtOnce: number): void {
    this.sync.addEventSourceMapping(`SqsEventSource:${Names.nodeUniqueId(this.queue.node)}`, {
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      maxConcurrency: syncsAtOnce,
    })
    this.sync.allow(
      [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
      [this.queue.queueArn],
    )
    this.sync.allowKey(this.customerKey, 'receiveMessages')
  }

  /** Allows sending messages to the queue, and nothing else. */
  allowSending(target: RollcallFunction): void {
    target.set('QUEUE_URL', this.queue.queueUrl)
    target.allow(['sqs:SendMessage'], [this.queue.queueArn])
    target.allowKey(this.customerKey, 'sendMessages')
  }
}
