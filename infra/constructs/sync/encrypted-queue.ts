import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import type { CustomerKey } from '../customer-key.ts'

export interface EncryptedQueueProps extends Omit<QueueProps, 'encryption' | 'encryptionMasterKey' | 'enforceSSL'> {
  /** Encrypts the messages. Default: SQS's own key. */
  readonly customerKey: CustomerKey | undefined
}

/** A queue that accepts messages over TLS only. */
export function encryptedQueue(scope: Construct, id: string, { customerKey, ...props }: EncryptedQueueProps): Queue {
  return new Queue(scope, id, {
    ...props,
    ...(customerKey === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: customerKey.key }),
    enforceSSL: true,
  })
}
