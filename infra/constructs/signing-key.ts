import { type RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AccountRootPrincipal, type IPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import type { RollcallFunction } from './rollcall-function.ts'

/** What a function needs to sign, and to tell by what a signature can be verified. */
const SIGNS = ['kms:GetPublicKey', 'kms:Sign']

/**
 * What the account may do with the key, as far as its IAM policies say. Signing and grants are not among them, so an
 * administrator cannot sign without a change of the key's policy, which CloudTrail records.
 */
const ADMINISTERS = [
  'kms:CancelKeyDeletion',
  'kms:Describe*',
  'kms:Disable*',
  'kms:Enable*',
  'kms:Get*',
  'kms:List*',
  'kms:Put*',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:Update*',
]

export interface SigningKeyProps {
  /** `RETAIN` keeps the key when the stack is deleted. Otherwise KMS destroys it 30 days later. */
  readonly removalPolicy: RemovalPolicy
}

/** The asymmetric key that signs completed reviews: ECDSA over P-256. Its private half never leaves KMS. */
export class SigningKey extends Construct {
  private readonly key: Key

  constructor(scope: Construct, id: string, { removalPolicy }: SigningKeyProps) {
    super(scope, id)
    this.key = new Key(this, 'Key', {
      description: `${Stack.of(this).stackName}: signs completed reviews`,
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      policy: new PolicyDocument({ statements: [keyStatement(new AccountRootPrincipal(), ADMINISTERS)] }),
      removalPolicy,
    })
  }

  /** Allows signing, and reading the public half. Both the function's role and the key's own policy must say so. */
  allowSigning(target: RollcallFunction): void {
    target.set('SIGNING_KEY_ARN', this.key.keyArn)
    target.allow(SIGNS, [this.key.keyArn])
    this.key.addToResourcePolicy(keyStatement(target.grantPrincipal, SIGNS))
  }
}

/** In a key's policy, the resource is always that key. */
function keyStatement(principal: IPrincipal, actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({ principals: [principal], actions: [...actions], resources: ['*'] })
}
