import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Storage } from './constructs/storage.ts'

/** Rollcall in one AWS account and region. */
export class RollcallStack extends Stack {
  readonly storage: Storage

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props)
    this.storage = new Storage(this, 'Storage')
  }
}
