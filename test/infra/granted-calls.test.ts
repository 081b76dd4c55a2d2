import { expect, test } from '@jest/globals'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { findingListSchema } from '../../shared/contracts/findings-contract.ts'
import { startKeysBench } from '../api/keys-bench.ts'
import { aKey, PROJECT } from '../data-sets/keys/a-key.ts'
import { Policies } from './policies.ts'

test('Syncing, answering keys, invitations and findings, and accepting one needs no other action on the table than is granted', async () => {
  const bench = await startKeysBench()
  try {
    const sent = actionsSentBy(bench.table.client)
    const unread = { kind: 'unread', project: { ...PROJECT, id: 'proj_2' }, code: 'timed_out', readAt: null } as const
    bench.organization().items = {
      invites: [{ id: 'a', email: null, role: null, invitedAt: null, expiresAt: null, status: 'pending' }],
    }
    await bench.connectWith(aKey('key_1'))
    bench.provider.found = { items: [aKey('key_2', { owner: null }), unread], isComplete: false }
    sent.clear()
    await bench.syncLater()
    const bySync = [...sent]
    sent.clear()
    for (const path of ['/keys', '/keys?format=csv', '/invites', '/invites?format=csv', '/licenses']) {
      expect((await bench.get(path)).status).toBe(200)
    }
    const { body } = await bench.request('GET', '/findings')
    const [finding] = findingListSchema.parse(body).items
    const acceptance = `/findings/${finding?.id}/acceptance`
    expect((await bench.request('PUT', acceptance, { json: { reason: 'Kept.' } })).status).toBe(200)
    expect((await bench.request('DELETE', acceptance)).status).toBe(204)
    const byApi = [...sent]
    expect([bySync.length > 1, byApi.length > 1]).toEqual([true, true])
    for (const stack of ['production', 'everything'] as const) {
      const policies = await Policies.of(stack)
      const [table = ''] = policies.arnsOf('AWS::DynamoDB::Table').values()
      expect(await policies.allowed('sync', bySync, table)).toEqual(bySync)
      expect(await policies.allowed('api', byApi, table)).toEqual(byApi)
    }
  } finally {
    await bench.close()
  }
})

/** The actions that all commands from now on need. */
function actionsSentBy(client: DynamoDBDocumentClient): Set<string> {
  const sent = new Set<string>()
  client.middlewareStack.add(
    (next, { commandName }) =>
      (request) => {
        const name = String(commandName).replace(/(?:Item)?Command$/, '')
        sent.add(`dynamodb:${name === 'Query' ? name : `${name}Item`}`)
        return next(request)
      },
    { step: 'initialize', name: 'actionsSentBy' },
  )
  return sent
}
