import { Duration } from 'aws-cdk-lib'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import { encryptedQueue } from '../sync/encrypted-queue.ts'

export interface FailedRunsProps {
  /** Encrypts the queue. Default: SQS's own key. */
  readonly customerKey: CustomerKey | undefined
}

/**
 * A queue for runs that failed for good. EventBridge Scheduler puts runs there that it could not start; Lambda puts
 * events there that the function failed to handle on every try.
 */
export class FailedRuns extends Construct {
  /** Holds failed events for 14 days. */
  readonly queue: Queue
  /** The key that encrypts the queue, for constructs that grant access to it. */
  readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, { customerKey }: FailedRunsProps) {
    super(scope, id)
    this.customerKey = customerKey
    this.queue = encryptedQueue(this, 'Queue', { customerKey, retentionPeriod: Duration.days(14) })
    acknowledge(this.queue, 'SQS3', 'It is a dead-letter queue itself: of schedules and of asynchronous invocations.')
  }
}
