import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { CustomerKey } from '../customer-key.ts'

export interface EncryptedQueueProps extends Omit<QueueProps, 'encryption' | 'encryptionMasterKey' | 'enforceSSL'> {
  readonly customerKey: CustomerKey | undefined
}

/** A queue that takes messages over TLS only, encrypted by the customer’s key or else by one of SQS’s own. */
export function encryptedQueue(scope: Construct, id: string, { customerKey, ...props }: EncryptedQueueProps): Queue {
  return new Queue(scope, id, {
    ...props,
    ...(customerKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: customerKey.key }),
    enforceSSL: true,
  })
}
