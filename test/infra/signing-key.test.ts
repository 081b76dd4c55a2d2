import { describe, expect, test } from '@jest/globals'
import { Policies } from './policies.ts'
import { CUSTOMER_KEY } from './stacks.ts'
import { synthesized } from './synthesized.ts'

const stacks = { production: await Policies.of('production'), everything: await Policies.of('everything') }
const production = await synthesized('production')
const removable = await synthesized('removable')

const SIGNS = ['kms:Sign', 'kms:GetPublicKey']
const CHANGES = ['kms:PutKeyPolicy', 'kms:DisableKey', 'kms:ScheduleKeyDeletion', 'kms:TagResource']
/** With a grant, its holder signs without any policy. */
const ACTIONS = [...SIGNS, ...CHANGES, 'kms:CreateGrant', 'kms:Decrypt', 'kms:ReplicateKey', 'kms:ImportKeyMaterial']

test('The key is for ECDSA over P-256, and signs only', () => {
  production.resourceCountIs('AWS::KMS::Key', 1)
  production.hasResourceProperties('AWS::KMS::Key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
})

test('With “retain” the key outlives the stack, with “destroy” KMS destroys it', () => {
  for (const [template, fate] of [
    [production, 'Retain'],
    [removable, 'Delete'],
  ] as const) {
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: fate, UpdateReplacePolicy: fate })
  }
})

describe.each(['production', 'everything'] as const)('%s', (name) => {
  const policies = stacks[name]
  const [key = ''] = policies.arnsOf('AWS::KMS::Key').values()

  test('Only the api function can sign, and it cannot change the key', async () => {
    expect(await policies.allowed('api', ACTIONS, key)).toEqual(SIGNS)
    for (const role of ['sync', 'dispatch'] as const) expect(await policies.allowed(role, ACTIONS, key)).toEqual([])
  })

  test('The api function can sign with no other key', async () => {
    for (const other of [CUSTOMER_KEY, CUSTOMER_KEY.replace('0123', '9999'), `${key}2`]) {
      expect(await policies.allowed('api', SIGNS, other)).toEqual([])
    }
  })

  test('An administrator of the account can change the key’s policy, but neither sign nor let others sign without that', async () => {
    expect(await policies.allowedToAdministrators(ACTIONS, key)).toEqual(['kms:GetPublicKey', ...CHANGES])
  })

  test('The function gets the key that it may sign with', async () => {
    const [logicalId] = policies.arnsOf('AWS::KMS::Key').keys()
    ;(await synthesized(name)).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SIGNING_KEY_ARN: { 'Fn::GetAtt': [logicalId, 'Arn'] } } },
    })
  })
})
