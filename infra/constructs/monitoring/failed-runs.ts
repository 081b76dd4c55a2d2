import { Duration } from 'aws-cdk-lib'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import { encryptedQueue } from '../sync/encrypted-queue.ts'

export interface FailedRunsProps {
  readonly customerKey: CustomerKey | undefined
}

/**
 * Where EventBridge Scheduler puts a run that it could not start, and Lambda one that failed each time: the event that the
 * function did not get, or could not handle.
 */
export class FailedRuns extends Construct {
  readonly queue: Queue
  readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, { customerKey }: FailedRunsProps) {
    super(scope, id)
    this.customerKey = customerKey
    this.queue = encryptedQueue(this, 'Queue', { customerKey, retentionPeriod: Duration.days(14) })
    acknowledge(this.queue, 'SQS3', 'It is a dead-letter queue itself: of schedules and of asynchronous invocations.')
  }
}
