import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { answerFrom } from '../../../tools/smoke/organization/answer.ts'

let organization: SimulatedOrganization
beforeAll(async () => {
  organization = await startSimulatedOrganization({ seed: 'smoke', members: 20 })
})
afterAll(() => organization.close())

const asked = (rawPath: string, key?: string) =>
  answerFrom(organization, {
    rawPath,
    rawQueryString: 'limit=5',
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    requestContext: { http: { method: 'GET' } },
  })

test('A request with the organization’s key is forwarded with its query', async () => {
  const { statusCode, headers, body = '' } = await asked('/v1/organization/users', organization.keys.admin)
  expect([statusCode, headers?.['content-type']]).toEqual([200, 'application/json'])
  expect(JSON.parse(body)).toMatchObject({ object: 'list', has_more: true, data: { length: 5 } })
})

test('Requests without its key are refused', async () => {
  expect((await asked('/v1/organization/users')).statusCode).toBe(401)
  expect((await asked('/v1/organization/users', 'sk-admin-of-somebody-else')).statusCode).toBe(401)
})

test('A path that looks like another host is treated as a path', async () => {
  const before = organization.requests.length
  await asked('//example.com/v1/organization/users', organization.keys.admin)
  expect(organization.requests.length).toBe(before + 1)
})
