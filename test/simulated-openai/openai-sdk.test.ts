import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import OpenAI from 'openai'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'

const NOW = new Date('2026-11-24T15:30:00.000Z')
const MIDNIGHT = Date.UTC(2026, 10, 24) / 1000
const DAY = 86_400

let organization: SimulatedOrganization
beforeAll(async () => {
  organization = await startSimulatedOrganization({ members: 250, now: () => NOW })
})
afterAll(() => organization.close())

function client(key: string = organization.keys.admin): OpenAI {
  return new OpenAI({ adminAPIKey: key, apiKey: null, baseURL: organization.baseUrl, maxRetries: 0 })
}

describe('The official SDK, as an independent client,', () => {
  test('reads every user once through its own pager', async () => {
    const ids: string[] = []
    for await (const user of client().admin.organization.users.list({ limit: 100 })) ids.push(user.id)
    const expected = organization.company.usersAt(NOW).map((user) => user.id)
    expect(ids.length).toBeGreaterThan(200)
    expect(ids).toEqual(expected)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('reads daily buckets page by page; the last one ends now', async () => {
    const starts: number[] = []
    let page: string | undefined
    let end = 0
    for (let pages = 0; pages < 10; pages += 1) {
      const reply = await client().admin.organization.usage.completions({
        start_time: MIDNIGHT - 9 * DAY,
        bucket_width: '1d',
        group_by: ['user_id', 'model'],
        limit: 4,
        ...(page !== undefined && { page }),
      })
      for (const bucket of reply.data) {
        starts.push(bucket.start_time)
        end = bucket.end_time
      }
      if (!reply.has_more) break
      page = reply.next_page ?? undefined
    }
    expect(starts).toEqual(Array.from({ length: 10 }, (_, index) => MIDNIGHT + (index - 9) * DAY))
    expect(end).toBe(NOW.getTime() / 1000)
  })

  test('reads the other kinds of usage, grouped by what each is attributed to', async () => {
    const { usage } = client().admin.organization
    const days = { start_time: MIDNIGHT - 6 * DAY, bucket_width: '1d' } as const
    const ofPeople = { ...days, group_by: ['user_id', 'model'] } satisfies Parameters<typeof usage.images>[0]
    const pages = await Promise.all([
      usage.embeddings(ofPeople),
      usage.moderations(ofPeople),
      usage.images(ofPeople),
      usage.audioSpeeches(ofPeople),
      usage.audioTranscriptions(ofPeople),
      usage.fileSearchCalls({ ...days, group_by: ['user_id'] }),
      usage.webSearchCalls(ofPeople),
      usage.vectorStores(days),
      usage.codeInterpreterSessions(days),
      usage.decisions(ofPeople),
    ])
    expect(pages.map(({ data }) => data.length)).toEqual(pages.map(() => 7))
  })

  test('gets a partial first bucket for a start that is no midnight', async () => {
    const { data } = await client().admin.organization.usage.completions({
      start_time: MIDNIGHT - 3_600,
      end_time: MIDNIGHT,
    })
    expect(data.map((bucket) => [bucket.start_time, bucket.end_time])).toEqual([[MIDNIGHT - 3_600, MIDNIGHT]])
  })

  test('is refused for a limit above the maximum, a token with another query, and a start too far back', async () => {
    const usage = client().admin.organization.usage
    await expect(usage.completions({ start_time: MIDNIGHT, limit: 32 })).rejects.toMatchObject({ status: 400 })
    const { next_page: page } = await usage.completions({ start_time: MIDNIGHT - 9 * DAY, limit: 2 })
    await expect(usage.completions({ start_time: MIDNIGHT - 9 * DAY, limit: 3, page: page ?? '' })).rejects.toThrow(
      'The page token is invalid, have you modified the query parameters?',
    )
    await expect(usage.completions({ start_time: MIDNIGHT - 500 * DAY })).rejects.toMatchObject({
      code: 'reporting_lookback_exceeded',
    })
    await expect(client().admin.organization.users.list({ limit: 101 })).rejects.toMatchObject({ status: 400 })
  })

  test('sees each kind of key answered as reported', async () => {
    const list = (key: string) => client(key).admin.organization.users.list()
    await expect(list(organization.keys.revoked)).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
    await expect(list(organization.keys.deactivated)).rejects.toMatchObject({
      status: 401,
      code: 'account_deactivated',
    })
    await expect(list(organization.keys.withoutDirectory)).rejects.toThrow('Missing scopes: api.management.read')
    await expect(list(organization.keys.project)).rejects.toMatchObject({ status: 403 })
  })

  test('retries requests refused with 429 or 500, and then gets the answer', async () => {
    const patient = new OpenAI({
      adminAPIKey: organization.adminKey,
      apiKey: null,
      baseURL: organization.baseUrl,
      maxRetries: 2,
    })
    organization.set({ rateLimit: { everyNth: 1, retryAfterSeconds: 0 } })
    await expect(client().admin.organization.users.list()).rejects.toMatchObject({ status: 429 })
    organization.set({ rateLimit: null })
    organization.failNext(1, 500)
    const { data } = await patient.admin.organization.users.list()
    expect(data).toHaveLength(20)
  })
})
