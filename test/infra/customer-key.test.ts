import { expect, test } from '@jest/globals'
import { Policies } from './policies.ts'
import { CUSTOMER_KEY } from './stacks.ts'

const stacks = { production: await Policies.of('production'), everything: await Policies.of('everything') }
const functions = ['api', 'sync', 'dispatch'] as const

/** What a function may do with the customer's key, by the service that asks for it in its name. */
async function usesOfKey(role: 'api' | 'sync' | 'dispatch', via?: string): Promise<string[]> {
  const actions = [
    'Decrypt',
    'GenerateDataKey',
    'Encrypt',
    'CreateGrant',
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
    'Sign',
  ]
  const context = via === undefined ? {} : { 'kms:ViaService': `${via}.eu-central-1.amazonaws.com` }
  const granted = await stacks.everything.allowed(
    role,
    actions.map((action) => `kms:${action}`),
    CUSTOMER_KEY,
    context,
  )
  return granted.map((action) => action.replace('kms:', ''))
}

test('Each function can use the customer’s key only through its services, and only as they need', async () => {
  const services = ['dynamodb', 'sqs', 'secretsmanager', 's3', undefined]
  const uses = async (role: 'api' | 'sync' | 'dispatch') => Promise.all(services.map((via) => usesOfKey(role, via)))
  const write = ['Decrypt', 'GenerateDataKey']
  expect(await uses('api')).toEqual([[...write, 'Encrypt'], write, write, [], []])
  expect(await uses('sync')).toEqual([[...write, 'Encrypt'], write, ['Decrypt'], [], []])
  expect(await uses('dispatch')).toEqual([['Decrypt'], write, [], [], []])
})

test('Without a customer’s key, and for other keys, no function has a KMS permission but that of the api to sign', async () => {
  const another = CUSTOMER_KEY.replace('0123', '9999')
  const via = { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' }
  for (const role of functions) {
    expect(await stacks.everything.allowed(role, ['kms:Decrypt'], another, via)).toEqual([])
    const ofKeys = stacks.production.statements[role].filter(({ Action }) =>
      Action.some((each) => each.startsWith('kms:')),
    )
    const signingKeys = [...stacks.production.arnsOf('AWS::KMS::Key').values()]
    expect(ofKeys.map(({ Resource }) => Resource)).toEqual(role === 'api' ? [signingKeys] : [])
  }
})
