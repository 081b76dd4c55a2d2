import { RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb'
import { Construct } from 'constructs'
import { keys, TABLE_KEYS } from '../../shared/storage/table.ts'
import type { CustomerKey } from './customer-key.ts'
import type { RollcallFunction } from './rollcall-function.ts'

export interface StorageProps {
  /** How many days back the table can be restored. */
  readonly recoveryDays: number
  /** `RETAIN` guards the table against deletion and keeps it when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy
  /** Encrypts the table. Default: DynamoDB's own key. */
  readonly customerKey: CustomerKey | undefined
}

/** The one table, with point-in-time recovery. */
export class Storage extends Construct {
  readonly table: Table
  private readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, { recoveryDays, removalPolicy, customerKey }: StorageProps) {
    super(scope, id)
    this.customerKey = customerKey
    this.table = new Table(this, 'Table', {
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: recoveryDays,
      },
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
      ...(customerKey !== undefined && {
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey: customerKey.key,
      }),
    })
  }

  /** Allows reading and writing any item by key or partition. It allows no scan and no change of the table itself. */
  allowItems(target: RollcallFunction): void {
    target.set('TABLE_NAME', this.table.tableName)
    target.allow(
      [
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
      ],
      [this.table.tableArn],
    )
    target.allowKey(this.customerKey, 'writeItems')
  }

  /** Allows listing integrations only. Other partitions contain personal data. */
  allowListingIntegrations(target: RollcallFunction): void {
    target.set('TABLE_NAME', this.table.tableName)
    target.allow(['dynamodb:Query'], [this.table.tableArn], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [keys.integrations] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    })
    target.allowKey(this.customerKey, 'readItems')
  }
}
