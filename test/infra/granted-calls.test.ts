import { expect, test } from '@jest/globals'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { startKeysBench } from '../api/keys-bench.ts'
import { aKey, PROJECT } from '../data-sets/keys/a-key.ts'
import { Policies } from './policies.ts'

test('Syncing and answering keys and invitations needs no other action on the table than is granted', async () => {
  const bench = await startKeysBench()
  try {
    const sent = actionsSentBy(bench.table.client)
    const unread = { kind: 'unread', project: { ...PROJECT, id: 'proj_2' }, code: 'timed_out', readAt: null } as const
    bench.organization().items = {
      invites: [{ id: 'a', email: null, role: null, invitedAt: null, expiresAt: null, status: 'pending' }],
    }
    await bench.connectWith(aKey('key_1'))
    bench.provider.found = { items: [aKey('key_2'), unread], isComplete: false }
    sent.clear()
    await bench.syncLater()
    const bySync = [...sent]
    sent.clear()
    for (const path of ['/keys', '/keys?format=csv', '/invites', '/invites?format=csv', '/licenses']) {
      expect((await bench.get(path)).status).toBe(200)
    }
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
