import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import Anthropic from '@anthropic-ai/sdk'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-anthropic/server.ts'
import { NOW, unitsOf } from './organization-bench.ts'

const DAYS = {
  starting_at: '2026-10-25T00:00:00Z',
  ending_at: '2026-11-25T00:00:00Z',
  time_bucket_width: '1d',
  order_by: 'time',
  order: 'asc',
} as const

let organization: SimulatedOrganization
beforeAll(async () => {
  organization = await startSimulatedOrganization({ members: 60, now: () => NOW })
})
afterAll(() => organization.close())

function client(apiKey: string = organization.keys.admin, maxRetries = 0) {
  return new Anthropic({ apiKey, baseURL: organization.baseUrl, maxRetries }).beta.organization
}

/** Everything that a pager gives. */
async function all<Item>(pager: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of pager) items.push(item)
  return items
}

describe('The official SDK, as an independent client,', () => {
  test('reads which organization a key belongs to', async () => {
    const own = await client().retrieve()
    const other = await client(organization.keys.otherOrganization).retrieve()
    expect(own).toMatchObject({ type: 'organization', name: 'Northwind Traders' })
    expect(await client(organization.keys.nextAdmin).retrieve()).toEqual(own)
    expect(other.id).not.toBe(own.id)
  })

  test('reads every member once through its own pager', async () => {
    const ids = (await all(client().users.list({ limit: 7 }))).map(({ id }) => id)
    expect(ids).toEqual(organization.company.usersAt(NOW).map(({ id }) => id))
    expect(ids.length).toBeGreaterThan(50)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('reads invites, API keys and workspaces', async () => {
    const [invites, keys, workspaces] = await Promise.all([
      all(client().invites.list({ limit: 2 })),
      all(client().apiKeys.list({ limit: 4 })),
      all(client().workspaces.list({ include_archived: true, include_default: true, limit: 2 })),
    ])
    expect(invites.map(({ status }) => status)).toEqual(['pending', 'pending', 'expired', 'accepted'])
    expect(keys.map(({ id }) => id)).toEqual(organization.company.keysAt(NOW).map(({ id }) => id))
    expect(workspaces.map(({ name }) => name)).toEqual(['Default', 'Search', 'Support', 'Research', 'Prototype'])
    expect((await all(client().invites.list({ statuses: ['pending'] }))).length).toBe(2)
    expect((await all(client().apiKeys.list({ status: 'expired' }))).every(({ status }) => status === 'expired')).toBe(
      true,
    )
  })

  test('reads usage by actor, model and product page by page, which adds up to the ungrouped days', async () => {
    const rows = await all(
      client().analytics.usage.list({ ...DAYS, group_by: ['actor', 'model', 'product'], limit: 100 }),
    )
    const total = await all(client().analytics.usage.list({ ...DAYS, limit: 1000 }))
    const sumOf = (some: typeof rows, day: string) =>
      some.reduce((sum, row) => (row.starting_at === day ? sum + row.usage.total_tokens : sum), 0)
    expect(rows.length).toBeGreaterThan(300)
    expect(total).toHaveLength(31)
    for (const { starting_at: day, usage } of total) {
      expect(usage.total_tokens).toBeGreaterThan(0)
      expect([day, sumOf(rows, day)]).toEqual([day, usage.total_tokens])
    }
    expect(rows.map((row) => row.starting_at)).toEqual(rows.map((row) => row.starting_at).toSorted())
  })

  test('reads costs by key and workspace, and by component, which add up to the ungrouped days', async () => {
    const read = (group_by: ('api_key_id' | 'cost_type' | 'token_type' | 'workspace_id')[]) =>
      all(client().analytics.cost.list({ ...DAYS, group_by, limit: 1000 }))
    const [total, byKey, byPart] = await Promise.all([
      read([]),
      read(['workspace_id', 'api_key_id']),
      read(['cost_type', 'token_type']),
    ])
    const sumOf = (rows: typeof total, name: 'amount' | 'list_amount') =>
      rows.reduce((sum, { cost }) => sum + unitsOf(cost[name]), 0n)
    expect(sumOf(total, 'amount')).toBeGreaterThan(0n)
    expect(sumOf(byKey, 'amount')).toBe(sumOf(total, 'amount'))
    expect(sumOf(byPart, 'amount')).toBe(sumOf(total, 'amount'))
    expect(sumOf(total, 'amount')).toBeLessThan(sumOf(total, 'list_amount'))
    expect(new Set(total.map(({ cost }) => cost.currency))).toEqual(new Set(['USD']))
    expect(new Set(byPart.map(({ group }) => group.cost_type))).toEqual(
      new Set(['tokens', 'web_search', 'code_execution']),
    )
    expect(byPart.every(({ cost }) => cost.requests === null)).toBe(true)
  })

  test('learns when the reports were refreshed', async () => {
    const page = await client().analytics.usage.list(DAYS)
    expect(page.data_refreshed_at).toBe('2026-11-24T15:00:00Z')
  })

  test('is refused for 32 days, a token with another query, and days before 2026', async () => {
    const { usage } = client().analytics
    await expect(usage.list({ ...DAYS, starting_at: '2026-10-24T00:00:00Z' })).rejects.toMatchObject({ status: 400 })
    const { next_page: page } = await usage.list({ ...DAYS, limit: 2 })
    await expect(usage.list({ ...DAYS, limit: 3, page })).rejects.toThrow('page token is invalid')
    await expect(usage.list({ starting_at: '2025-12-31T00:00:00Z' })).rejects.toThrow('2026-01-01T00:00:00Z')
    await expect(client().users.list({ limit: 1001 })).rejects.toMatchObject({ status: 400 })
  })

  test('sees each kind of key answered as documented', async () => {
    const { keys } = organization
    for (const key of [keys.revoked, keys.expired, 'sk-ant-admin01-nobody']) {
      await expect(client(key).retrieve()).rejects.toMatchObject({ status: 401, type: 'authentication_error' })
    }
    await expect(client(keys.workspace).users.list()).rejects.toMatchObject({ status: 403, type: 'permission_error' })
    await expect(client(keys.withoutMembers).users.list()).rejects.toThrow('read:members')
    await expect(client(keys.withoutAnalytics).analytics.cost.list(DAYS)).rejects.toThrow('read:analytics')
    expect((await client(keys.withoutAnalytics).users.list()).data).toHaveLength(20)
    expect((await client(keys.withoutMembers).analytics.cost.list(DAYS)).data).toHaveLength(20)
  })

  test('is told that an organization has no analytics, by the code that it knows', async () => {
    organization.set({ analyticsRefused: 'not_enrolled' })
    await expect(client().analytics.usage.list(DAYS)).rejects.toBeInstanceOf(
      Anthropic.BetaOrganizationNotEnrolledInBetaError,
    )
    organization.set({ analyticsRefused: 'hipaa_readiness' })
    await expect(client().analytics.usage.list(DAYS)).rejects.toMatchObject({ status: 400 })
    organization.set({ analyticsRefused: null })
  })

  test('retries what was refused with 529, and then gets the answer', async () => {
    organization.failNext(1, 529)
    await expect(client().users.list()).rejects.toMatchObject({ status: 529, type: 'overloaded_error' })
    organization.failNext(1, 529)
    expect((await client(organization.adminKey, 2).users.list()).data).toHaveLength(20)
  })
})
