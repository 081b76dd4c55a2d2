import * as z from 'zod'
import { waitUntil } from '../watchdog.ts'
import type { Deployment } from './deployment.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'

const secretsSchema = z.object({ SecretList: z.array(z.object({ Name: z.string() })) })
const keySchema = z.object({ S: z.string() })
const itemsSchema = z.object({
  Items: z.array(z.object({ pk: keySchema, sk: keySchema })),
  LastEvaluatedKey: z.unknown().optional(),
})

/** A deleted integration is gone from every answer, its key is destroyed, and its data is purged behind. */
export async function checkDeleting(deployment: Deployment, { viewer, admin }: People, id: string): Promise<void> {
  const { bench } = deployment
  const path = `/integrations/${id}`
  const before = await secretNames(deployment)
  expect(before.length === 1, `There are ${before.length} secrets, not the one of the integration.`)
  await viewer.expectRefusal({ method: 'DELETE', path }, 403, 'forbidden')
  await admin.expect({ method: 'DELETE', path, status: 204 }, z.undefined())
  await admin.expectRefusal({ path }, 404, 'not_found')
  await admin.expect({ path: '/integrations' }, z.object({ items: z.array(z.unknown()).length(0) }))
  expect((await secretNames(deployment)).length === 0, 'The integration’s secret is still there.')
  await waitUntil('the end of the purge', async () => (await itemsOf(deployment, id)).length === 0)
  bench.say('Deleted: gone from every answer, no secret left, its data purged')
}

/** Every secret there is under the stack's prefix, those scheduled for deletion too. */
async function secretNames({ aws, outputs }: Deployment): Promise<string[]> {
  const parameters = { IncludePlannedDeletion: true, MaxResults: 100 }
  const { SecretList: secrets } = await aws.call('secretsmanager', 'list_secrets', parameters, secretsSchema)
  return secrets.map(({ Name }) => Name).filter((name) => name.startsWith(`${outputs.adminKeyPrefix}/`))
}

/** The partitions and items that are named by the integration. Its audit events stay, and name it in a field. */
export async function itemsOf({ aws, template, physicalId }: Deployment, id: string): Promise<string[]> {
  const TableName = await physicalId(template.one('AWS::DynamoDB::Table', 'Storage').logicalId)
  const found: string[] = []
  let start: unknown
  do {
    const parameters = {
      TableName,
      ProjectionExpression: 'pk, sk',
      ...(start !== undefined && { ExclusiveStartKey: start }),
    }
    const page = await aws.call('dynamodb', 'scan', parameters, itemsSchema)
    found.push(...page.Items.map(({ pk, sk }) => `${pk.S} ${sk.S}`).filter((key) => key.includes(id)))
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return found
}
