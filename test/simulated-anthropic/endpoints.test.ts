import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { ask, NOW, read, WEEK, withOrganization } from './organization-bench.ts'

const rowsSchema = z.array(
  z.object({
    starting_at: z.string(),
    ending_at: z.string(),
    group: z.record(z.string(), z.unknown()),
    usage: z.object({ requests: z.number(), total_tokens: z.number(), output_tokens: z.number() }),
  }),
)

const NUMBERS = { requests: 3, inputTokens: 100, cachedInputTokens: 10, outputTokens: 7 }

describe('The simulated organization', () => {
  test('accepts a key in either header, and needs a version', () =>
    withOrganization({}, async (organization) => {
      const statusOf = async (headers: Record<string, string | undefined>) =>
        (await ask(organization, 'me', headers)).status
      expect(await statusOf({})).toBe(200)
      expect(await statusOf({ 'x-api-key': undefined, authorization: `Bearer ${organization.adminKey}` })).toBe(200)
      expect(await statusOf({ 'anthropic-version': '2026-10-21' })).toBe(200)
      expect(await statusOf({ 'x-api-key': undefined })).toBe(401)
      expect(await statusOf({ 'anthropic-version': undefined })).toBe(400)
      expect(await statusOf({ 'anthropic-version': '2020-01-01' })).toBe(400)
    }))

  test.each([
    ['users?limit=0', 400],
    ['users?limit=1001', 400],
    ['users?limit=20&limit=30', 400],
    ['users?after=user_01', 400],
    ['users?after_id=user_01nobody', 400],
    ['users?after_id=a&before_id=b', 400],
    ['invites?statuses[]=deleted', 400],
    ['workspaces?include_archived=yes', 400],
    ['me?limit=1', 400],
    ['nowhere', 404],
    ['analytics/usage', 400],
    ['analytics/usage?starting_at=2026-11-01', 400],
    ['analytics/usage?starting_at=2026-11-01T00:00:00Z&time_bucket_width=1d', 400],
    ['analytics/usage?starting_at=2026-10-01T00:00:00Z&ending_at=2026-11-01T00:00:00Z', 200],
    ['analytics/usage?starting_at=2026-10-01T00:00:00Z&ending_at=2026-11-01T00:00:01Z', 400],
    ['analytics/usage?starting_at=2026-11-02T00:00:00Z&ending_at=2026-11-02T00:00:00Z', 400],
    ['analytics/usage?starting_at=2025-12-31T23:59:59Z&ending_at=2026-01-02T00:00:00Z', 400],
    [`analytics/usage?${WEEK}&colour=red`, 400],
    [`analytics/usage?${WEEK}&group_by[]=colour`, 400],
    [`analytics/usage?${WEEK}&group_by=model`, 400],
    [`analytics/usage?${WEEK}&group_by[]=cost_type`, 400],
    [`analytics/usage?${WEEK}&order_by=amount`, 400],
    [`analytics/cost?${WEEK}&order_by=requests`, 400],
    [`analytics/usage?${WEEK}&page=forged`, 400],
    [
      `analytics/usage?${WEEK}&group_by[]=actor&group_by[]=actor_type&group_by[]=model&group_by[]=product&group_by[]=api_key_id&group_by[]=workspace_id`,
      400,
    ],
    [
      `analytics/cost?${WEEK}&group_by[]=actor&group_by[]=model&group_by[]=product&group_by[]=api_key_id&group_by[]=workspace_id&group_by[]=cost_type&group_by[]=token_type`,
      200,
    ],
  ])('answers %s with %i', (path, status) =>
    withOrganization({}, async (organization) => {
      const answer = await ask(organization, path)
      expect([answer.status, answer.text.slice(0, 200)]).toEqual([status, expect.anything()])
    }),
  )

  test('says in an error of which type it is, and which request it was', () =>
    withOrganization({}, async (organization) => {
      const { headers, text } = await ask(organization, 'nowhere')
      const body = JSON.parse(text)
      expect(body).toEqual({
        type: 'error',
        error: { type: 'not_found_error', message: expect.any(String) },
        request_id: headers.get('request-id'),
      })
    }))

  test('needs the beta header for usage and costs alone', () =>
    withOrganization({}, async (organization) => {
      const statusOf = async (path: string, beta: string | undefined) =>
        (await ask(organization, path, { 'anthropic-beta': beta })).status
      expect(await statusOf(`analytics/usage?${WEEK}`, undefined)).toBe(400)
      expect(await statusOf(`analytics/cost?${WEEK}`, 'another-2026-01-01')).toBe(400)
      expect(await statusOf(`analytics/cost?${WEEK}`, 'another-2026-01-01, analytics-usage-cost-2026-08-24')).toBe(200)
      expect(await statusOf('users', undefined)).toBe(200)
    }))

  test('pages lists in both directions', () =>
    withOrganization({}, async (organization) => {
      const ids = async (path: string): Promise<string[]> =>
        (await read(organization, path)).data.map(({ id }: { id: string }) => id)
      const all = await ids('users?limit=1000')
      const third = all[2] ?? ''
      expect(await ids(`users?limit=2&after_id=${third}`)).toEqual(all.slice(3, 5))
      expect(await ids(`users?limit=2&before_id=${third}`)).toEqual(all.slice(0, 2))
      const page = await read(organization, 'users?limit=2')
      expect(page).toMatchObject({ has_more: true, first_id: all[0], last_id: all[1] })
      expect((await read(organization, `users?limit=2&before_id=${third}`)).has_more).toBe(false)
    }))

  test('lists workspaces that are archived, and the default one, only when asked', () =>
    withOrganization({}, async (organization) => {
      const names = async (query: string): Promise<string[]> =>
        (await read(organization, `workspaces?${query}`)).data.map(({ name }: { name: string }) => name)
      expect(await names('')).toEqual(['Search', 'Support', 'Research'])
      expect(await names('include_default=true')).toEqual(['Default', 'Search', 'Support', 'Research'])
      expect(await names('include_archived=true')).toEqual(['Search', 'Support', 'Research', 'Prototype'])
    }))

  test('orders rows by tokens unless asked for time, the newest or the most first', () =>
    withOrganization({}, async (organization) => {
      const rows = async (order: string) =>
        rowsSchema.parse((await read(organization, `analytics/usage?${WEEK}&limit=1000&group_by[]=model${order}`)).data)
      const byDefault = await rows('')
      const tokens = byDefault.map(({ usage }) => usage.total_tokens)
      expect(tokens).toEqual(tokens.toSorted((left, right) => right - left))
      const days = (some: typeof byDefault) => some.map((row) => row.starting_at)
      expect(days(byDefault)).not.toEqual(days(byDefault).toSorted())
      const oldestFirst = await rows('&order_by=time&order=asc')
      expect(days(oldestFirst)).toEqual(days(oldestFirst).toSorted())
      expect(days(await rows('&order_by=time'))).toEqual(days(oldestFirst).toReversed())
      const least = (await rows('&order_by=requests&order=asc')).map(({ usage }) => usage.requests)
      expect(least).toEqual(least.toSorted((left, right) => left - right))
    }))

  test('gives one row for the whole range without a bucket width, where an order by time is one by tokens', () =>
    withOrganization({}, async (organization) => {
      const range = 'starting_at=2026-11-20T10:20:00Z&ending_at=2026-11-22T08:40:00Z'
      const { data } = await read(organization, `analytics/usage?${range}`)
      expect(data).toMatchObject([{ starting_at: '2026-11-20T10:00:00Z', ending_at: '2026-11-22T08:00:00Z' }])
      const byTime = await read(organization, `analytics/usage?${range}&group_by[]=model&order_by=time`)
      expect(byTime.data).toEqual((await read(organization, `analytics/usage?${range}&group_by[]=model`)).data)
    }))

  test('has no row for a day without usage, and each dimension null unless grouped by it', () =>
    withOrganization({}, async (organization) => {
      organization.company.replaceUsage([
        { day: '2026-11-19', userId: 'user_01left', model: 'claude-opus-5-5', ...NUMBERS },
        { day: '2026-11-21', userId: null, model: null, product: null, ...NUMBERS },
      ])
      const { data } = await read(organization, `analytics/usage?${WEEK}&order_by=time&order=asc&group_by[]=actor`)
      const [first, second] = data
      expect(data).toHaveLength(2)
      expect([first.starting_at, first.ending_at]).toEqual(['2026-11-19T00:00:00Z', '2026-11-20T00:00:00Z'])
      expect(Object.keys(first.group)).toHaveLength(20)
      expect(first.group).toMatchObject({ model: null, product: null, workspace_id: null, service_tier: null })
      expect(first.group.actor).toEqual({
        type: 'user_actor',
        user_id: 'user_01left',
        email_address: null,
        name: 'Deleted User',
        deleted: true,
      })
      expect(second.group.actor).toBeNull()
    }))

  test('splits input into uncached, cached and written to the cache', () =>
    withOrganization({}, async (organization) => {
      organization.company.replaceUsage([{ day: '2026-11-19', userId: 'user_01left', model: 'model', ...NUMBERS }])
      const { usage } = (await read(organization, `analytics/usage?${WEEK}`)).data[0]
      expect(usage).toEqual({
        requests: 3,
        uncached_input_tokens: 60,
        cache_read_input_tokens: 10,
        cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 10 },
        output_tokens: 7,
        total_tokens: 107,
        server_tool_use: { web_search_requests: 0 },
      })
    }))

  test('has usage of today until the last full hour', () =>
    withOrganization({}, async (organization) => {
      const today = 'starting_at=2026-11-24T00:00:00Z&ending_at=2026-11-25T00:00:00Z&time_bucket_width=1d'
      const page = await read(organization, `analytics/usage?${today}`)
      expect(page.data_refreshed_at).toBe('2026-11-24T15:00:00Z')
      expect(page.data[0].usage.requests).toBeGreaterThan(0)
    }))

  test('records requests without keys', () =>
    withOrganization({}, async (organization) => {
      await ask(organization, 'users?limit=5')
      expect(organization.requests).toEqual([{ method: 'GET', path: '/v1/organizations/users', query: 'limit=5' }])
      expect(JSON.stringify(organization.requests)).not.toContain(organization.adminKey)
    }))

  test('gives the same answers for the same seed and clock, and others for another seed', async () => {
    const texts = (seed: string) =>
      withOrganization({ seed, now: () => NOW }, async (organization) => [
        (await ask(organization, 'users?limit=100')).text,
        (await ask(organization, `analytics/usage?${WEEK}&group_by[]=actor`)).text,
        (await ask(organization, 'api_keys')).text,
      ])
    const [one, same, other] = await Promise.all([texts('one'), texts('one'), texts('other')])
    expect(one).toEqual(same)
    expect(one[0]).not.toBe(other[0])
  })
})
