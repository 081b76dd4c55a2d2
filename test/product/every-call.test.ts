import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { KeyFiles } from '../../local/services/key-files.ts'
import type { SimulatedKeys } from '../../local/simulated-openai/access.ts'
import { MAX_CSV_BODY_BYTES } from '../../shared/contracts/operation.ts'
import { operations } from '../../shared/contracts/operations.ts'
import { PROBLEMS } from '../../shared/contracts/problem-contract.ts'
import { aRow } from '../builders.ts'
import { waitFor, waitUntil } from '../watchdog.ts'
import { type Answer, type Product, startProduct } from './product-bench.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')
const TOKENS = [
  { token: 'writes', role: 'admin' },
  { token: 'reads', role: 'viewer' },
] as const
const ADMIN = { authorization: 'Bearer writes' }
const VIEWER = { authorization: 'Bearer reads' }
/**
 * Faults of ours, what only an answer of more than 6 MB or a provider that reports organizations shows, and problems of optional
 * data sets: tests of the functions show these.
 */
const NOT_OVER_HTTP = [
  'internal_error',
  'response_too_large',
  'different_organization',
  'data_set_not_read',
  'data_set_unavailable',
  'timed_out',
  'data_incomplete',
  'own_access',
]

let product: Product
let id: string
let userId: string
const calledOperations = new Set<string>()
const seenCodes = new Set<string>()

beforeAll(async () => {
  product = await startProduct(
    { members: 6, now: () => NOW },
    { tokens: TOKENS, optionalDataSets: ['costs', 'keys', 'invites'] },
    { sleep: async () => {} },
  )
  const { company } = product.organization
  company.replaceUsage(company.usersAt(NOW).map((user) => aRow({ userId: user.id })))
  const connected = await ask('POST', '/integrations', connecting('Acme', product.organization.keys.admin))
  id = String(connected.body['id'])
  await ended(id)
  const { body } = await ask('GET', `/integrations/${id}/users?sort=-requests&limit=1`)
  userId = String((body['items'] as { id: string }[])[0]?.id)
})
afterAll(() => product.close())

async function ask(method: string, target: string, json?: unknown, headers: Record<string, string> = ADMIN) {
  return seen(await product.request(method, target, { json, headers }))
}

async function upload(csv: string) {
  return seen(await product.request('PUT', '/roster', { csv, headers: ADMIN }))
}

function seen(answer: Answer): Answer {
  if (typeof answer.body['code'] === 'string') seenCodes.add(answer.body['code'])
  return answer
}

function connecting(name: string, adminApiKey: string) {
  return { provider: 'openai', name, adminApiKey }
}

async function anyPersonId(): Promise<string> {
  const { body } = await ask('GET', '/people?limit=1')
  return String((body['items'] as { id: string }[])[0]?.id)
}

async function anyFindingId(): Promise<string> {
  const { body } = await ask('GET', '/findings?state=any&limit=1')
  return String((body['items'] as { id: string }[])[0]?.id)
}

/** The id of a new review of the owners, on whom nobody decided yet. */
async function newReviewId(): Promise<string> {
  const { body } = await ask('POST', '/reviews', { name: 'Owners', population: 'owners' })
  return String(body['id'])
}

async function decideOnAll(reviewId: string): Promise<Answer> {
  const { body } = await ask('GET', `/reviews/${reviewId}/items`)
  const itemIds = (body['items'] as { id: string }[]).map((item) => item.id)
  return ask('POST', `/reviews/${reviewId}/decisions`, { itemIds, decision: 'keep' })
}

async function completedReviewId(): Promise<string> {
  const reviewId = await newReviewId()
  await decideOnAll(reviewId)
  await ask('POST', `/reviews/${reviewId}/completion`)
  return reviewId
}

/** Waits for the integration's newest sync to end. */
function ended(integrationId: string): Promise<Answer> {
  return waitUntil('the newest sync to end', async () => {
    await product.idle()
    const answer = await ask('GET', `/integrations/${integrationId}`)
    const { state } = answer.body['lastSync'] as { state: string }
    return (state === 'succeeded' || state === 'failed') && answer
  })
}

describe('each call, over HTTP', () => {
  const calls: [keyof typeof operations, () => Promise<Answer>, number][] = [
    ['getHealth', () => ask('GET', '/health'), 200],
    ['getOpenApi', () => ask('GET', '/openapi.json'), 200],
    ['listProviders', () => ask('GET', '/providers'), 200],
    ['getMe', () => ask('GET', '/me', undefined, VIEWER), 200],
    ['listSchedules', () => ask('GET', '/schedules'), 200],
    [
      'checkKey',
      () => ask('POST', '/key-checks', { provider: 'openai', adminApiKey: product.organization.keys.withoutUsage }),
      200,
    ],
    [
      'connectIntegration',
      () => ask('POST', '/integrations', connecting('Second', product.organization.keys.otherOrganization)),
      201,
    ],
    ['listIntegrations', () => ask('GET', '/integrations'), 200],
    ['getIntegration', () => ask('GET', `/integrations/${id}`), 200],
    ['editIntegration', () => ask('PATCH', `/integrations/${id}`, { companyDomains: null }), 200],
    ['listSyncs', () => ask('GET', `/integrations/${id}/syncs`), 200],
    ['getSync', async () => ask('GET', `/integrations/${id}/syncs/${await lastSyncId()}`), 200],
    ['listUsers', () => ask('GET', `/integrations/${id}/users?limit=1000`), 200],
    ['getUser', () => ask('GET', `/integrations/${id}/users/${userId}`), 200],
    ['getUserUsage', () => ask('GET', `/integrations/${id}/users/${userId}/usage`), 200],
    ['getUsage', () => ask('GET', `/integrations/${id}/usage?groupBy=user`), 200],
    ['getCosts', () => ask('GET', `/integrations/${id}/costs?groupBy=user`), 200],
    ['getUserCosts', () => ask('GET', `/integrations/${id}/users/${userId}/costs`), 200],
    ['listKeys', () => ask('GET', `/integrations/${id}/keys?sort=-findings`), 200],
    ['listPeople', () => ask('GET', '/people?sort=-requests'), 200],
    ['getPerson', async () => ask('GET', `/people/${await anyPersonId()}`), 200],
    ['replaceRoster', () => upload('email,department\nana@acme.example,Research'), 200],
    ['getRoster', () => ask('GET', '/roster'), 200],
    ['deleteRoster', () => ask('DELETE', '/roster'), 204],
    ['listFindings', () => ask('GET', '/findings?state=any'), 200],
    [
      'acceptFinding',
      async () => ask('PUT', `/findings/${await anyFindingId()}/acceptance`, { reason: 'Known.' }),
      200,
    ],
    ['reopenFinding', async () => ask('DELETE', `/findings/${await anyFindingId()}/acceptance`), 204],
    ['getOverview', () => ask('GET', '/overview'), 200],
    ['getCompanyCosts', () => ask('GET', '/costs?groupBy=person'), 200],
    ['createReview', () => ask('POST', '/reviews', { name: 'All', population: 'everyone' }), 201],
    ['listReviews', () => ask('GET', '/reviews'), 200],
    ['getReview', async () => ask('GET', `/reviews/${await newReviewId()}`), 200],
    ['listReviewItems', async () => ask('GET', `/reviews/${await newReviewId()}/items?decision=undecided`), 200],
    ['decide', async () => decideOnAll(await newReviewId()), 200],
    [
      'completeReview',
      async () => {
        const reviewId = await newReviewId()
        await decideOnAll(reviewId)
        return ask('POST', `/reviews/${reviewId}/completion`)
      },
      200,
    ],
    ['getReviewEvidence', async () => ask('GET', `/reviews/${await completedReviewId()}/evidence`), 200],
    ['deleteReview', async () => ask('DELETE', `/reviews/${await newReviewId()}`), 204],
    ['getSigningKey', () => ask('GET', '/signing-key'), 200],
    ['listInvites', () => ask('GET', `/integrations/${id}/invites`), 200],
    ['getLicenses', () => ask('GET', `/integrations/${id}/licenses`), 200],
    ['startSync', () => ask('POST', `/integrations/${id}/syncs`), 202],
    ['deleteIntegration', async () => ask('DELETE', `/integrations/${await idOf('Second')}`), 204],
    ['listAuditEvents', () => ask('GET', '/audit-events'), 200],
  ]

  test.each(calls)('%s', async (operationId, call, status) => {
    expect((await call()).status).toBe(status)
    calledOperations.add(operationId)
    if (operationId === 'startSync') await ended(id)
  })

  test('and none is left out', () => {
    expect([...calledOperations].toSorted()).toEqual(Object.keys(operations).toSorted())
  })
})

describe('each problem, over HTTP', () => {
  const keyed = (kind: keyof SimulatedKeys) => () =>
    ask('POST', '/integrations', connecting('Third', product.organization.keys[kind]))
  const problems: [keyof typeof PROBLEMS, () => Promise<Answer>][] = [
    ['validation_failed', () => ask('GET', `/integrations/${id}/users?limit=0`)],
    ['unauthorized', () => ask('GET', '/me', undefined, { authorization: 'Bearer other' })],
    ['forbidden', () => ask('DELETE', `/integrations/${id}`, undefined, VIEWER)],
    ['not_found', () => ask('GET', `/integrations/${id}/users/nobody`)],
    ['method_not_allowed', () => ask('PUT', `/integrations/${id}`)],
    ['request_too_large', () => upload('\n'.repeat(MAX_CSV_BODY_BYTES + 1))],
    ['name_taken', () => ask('POST', '/integrations', connecting('ACME', product.organization.keys.admin))],
    ['organization_already_connected', keyed('nextAdmin')],
    ['sync_in_progress', syncTwice],
    ['edit_in_progress', changeKeyTwice],
    ['review_incomplete', async () => ask('POST', `/reviews/${await newReviewId()}/completion`)],
    ['review_completed', async () => ask('POST', `/reviews/${await completedReviewId()}/completion`)],
    ['invalid_admin_key', keyed('revoked')],
    ['not_an_admin_key', keyed('project')],
    ['insufficient_permissions', keyed('withoutDirectory')],
    ['account_deactivated', keyed('deactivated')],
    ['provider_rate_limited', () => connectWhile({ rateLimit: { everyNth: 1, retryAfterSeconds: 3600 } })],
    ['provider_unreachable', () => connectWhile({ serverErrorEveryNth: 1 })],
    ['unexpected_reply', () => connectWhile({ htmlEveryNth: 1 })],
  ]

  test.each(problems)('%s', async (code, call) => {
    const answer = await call()
    expect([answer.status, answer.body['code']]).toEqual([PROBLEMS[code].status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(answer.body).toMatchObject({
      type: `urn:rollcall:problem:${code}`,
      title: PROBLEMS[code].title,
      status: PROBLEMS[code].status,
    })
    expect(String(answer.body['detail']).length).toBeGreaterThan(15)
  })

  test('a revoked key requires action, and a replacement restores everything', async () => {
    await ask('PATCH', `/integrations/${id}`, { adminApiKey: product.organization.keys.admin })
    await ended(id)
    product.organization.set({ adminKeyRevoked: true })
    await ask('POST', `/integrations/${id}/syncs`)
    const { body } = await ended(id)
    expect(body).toMatchObject({ state: 'action_required', problem: { code: 'invalid_admin_key' } })
    await ask('PATCH', `/integrations/${id}`, { adminApiKey: product.organization.keys.nextAdmin })
    expect((await ended(id)).body).toMatchObject({
      state: 'connected',
      problem: null,
      lastSync: { state: 'succeeded' },
    })
  })

  test('different_organization: another organization’s key leaves the data unchanged', async () => {
    const before = (await ask('GET', `/integrations/${id}/licenses`)).body
    await ask('PATCH', `/integrations/${id}`, { adminApiKey: product.organization.keys.otherOrganization })
    const { body } = await ended(id)
    expect(body).toMatchObject({ state: 'action_required', problem: { code: 'different_organization' } })
    expect((await ask('GET', `/integrations/${id}/licenses`)).body).toEqual(before)
  })

  test('and none is left out', () => {
    expect([...seenCodes, ...NOT_OVER_HTTP].toSorted()).toEqual(Object.keys(PROBLEMS).toSorted())
  })
})

async function lastSyncId(): Promise<string> {
  const { body } = await ask('GET', `/integrations/${id}`)
  return (body['lastSync'] as { id: string }).id
}

async function idOf(name: string): Promise<string> {
  const { body } = await ask('GET', '/integrations')
  return (body['items'] as { id: string; name: string }[]).find((each) => each.name === name)?.id ?? ''
}

/** The second comes while the first waits for OpenAI. */
async function syncTwice(): Promise<Answer> {
  const openAi = product.organization.hold()
  await ask('POST', `/integrations/${id}/syncs`)
  const second = await ask('POST', `/integrations/${id}/syncs`)
  openAi.release()
  await ended(id)
  return second
}

/** The second comes while the key of the first is being stored. */
async function changeKeyTwice(): Promise<Answer> {
  const storing = Promise.withResolvers<void>()
  const seen = Promise.withResolvers<void>()
  const putKey = jest.spyOn(KeyFiles.prototype, 'putKey').mockImplementationOnce(async function (
    this: KeyFiles,
    ...put
  ) {
    storing.resolve()
    await seen.promise
    await this.putKey(...put)
  })
  const first = ask('PATCH', `/integrations/${id}`, { adminApiKey: product.organization.keys.nextAdmin })
  await waitFor('the first key to be stored', storing.promise)
  const second = await ask('PATCH', `/integrations/${id}`, { adminApiKey: product.organization.keys.admin })
  seen.resolve()
  expect((await first).status).toBe(200)
  putKey.mockRestore()
  await ended(id)
  return second
}

async function connectWhile(switches: Parameters<Product['organization']['set']>[0]): Promise<Answer> {
  product.organization.set(switches)
  const answer = await ask('POST', '/integrations', connecting('Third', product.organization.keys.admin))
  product.organization.set({ rateLimit: null, serverErrorEveryNth: null, htmlEveryNth: null })
  return answer
}
