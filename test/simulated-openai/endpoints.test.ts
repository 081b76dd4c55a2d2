import { describe, expect, test } from '@jest/globals'
import { ask, DAY, MIDNIGHT, NOW, withOrganization } from './organization-bench.ts'

const USAGE = `usage/completions?start_time=${MIDNIGHT - 3 * DAY}`

describe('The simulated organization', () => {
  test('accepts group_by as repeated brackets, repeated names and a comma-separated list, with the same results', () =>
    withOrganization({}, async (organization) => {
      const spellings = [
        'group_by[]=user_id&group_by[]=model',
        'group_by=user_id&group_by=model',
        'group_by=user_id,model',
      ]
      const replies = await Promise.all(spellings.map((spelling) => ask(organization, `${USAGE}&limit=31&${spelling}`)))
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
      const monday: { user_id: unknown; model: unknown }[] = JSON.parse(replies[0]?.text ?? '').data[2].results
      const isBoth = (result: { user_id: unknown; model: unknown }) =>
        typeof result.user_id === 'string' && typeof result.model === 'string'
      expect(monday.filter(isBoth).length).toBeGreaterThan(10)
    }))

  test('returns a dimension as null unless grouped by it', () =>
    withOrganization({}, async (organization) => {
      const { text } = await ask(organization, `${USAGE}&group_by=project_id`)
      const results = JSON.parse(text).data[2].results
      expect(results.length).toBeGreaterThan(1)
      expect(results[0]).toMatchObject({ user_id: null, model: null, project_id: expect.stringMatching(/^proj_/) })
    }))

  test('refuses the requests that OpenAI refuses', () =>
    withOrganization({}, async (organization) => {
      const statusOf = async (path: string, key?: string | null) => (await ask(organization, path, key)).status
      expect(await statusOf('users?limit=0')).toBe(400)
      expect(await statusOf('users?limit=101')).toBe(400)
      expect(await statusOf('users?after=user-nobody')).toBe(400)
      expect(await statusOf(`${USAGE}&limit=32`)).toBe(400)
      expect(await statusOf(`${USAGE}&group_by=colour`)).toBe(400)
      expect(await statusOf(`${USAGE}&page=forged`)).toBe(400)
      expect(await statusOf('usage/completions')).toBe(400)
      expect(await statusOf('nowhere')).toBe(404)
      expect(await statusOf('users', null)).toBe(401)
    }))

  test('has usage of the last 365 days only', () =>
    withOrganization({}, async (organization) => {
      const start = NOW.getTime() / 1000 - 365 * DAY
      expect((await ask(organization, `usage/completions?start_time=${start}`)).status).toBe(200)
      const { status, text } = await ask(organization, `usage/completions?start_time=${start - 1}`)
      expect(status).toBe(400)
      expect(JSON.parse(text).error.code).toBe('reporting_lookback_exceeded')
    }))

  test('splits a day as a query requires, and the parts add up to the day', () =>
    withOrganization({}, async (organization) => {
      const requestsIn = async (start: number, end: number) => {
        const { text } = await ask(organization, `usage/completions?start_time=${start}&end_time=${end}`)
        return JSON.parse(text).data[0].results[0].num_model_requests
      }
      const noon = MIDNIGHT - DAY / 2
      const morning = await requestsIn(MIDNIGHT - DAY, noon)
      const afternoon = await requestsIn(noon, MIDNIGHT)
      expect(morning).toBeGreaterThan(0)
      expect(afternoon).toBeGreaterThan(0)
      expect(morning + afternoon).toBe(await requestsIn(MIDNIGHT - DAY, MIDNIGHT))
    }))

  test('lists invites, projects and admin keys with the last characters of the keys', () =>
    withOrganization({ switches: { adminKeyExpiresInDays: 10 } }, async (organization) => {
      const listed = async (path: string) => JSON.parse((await ask(organization, path)).text).data
      expect(await listed('invites')).toHaveLength(3)
      expect(await listed('projects')).toHaveLength(3)
      expect(await listed('projects?include_archived=true')).toHaveLength(4)
      const [own] = await listed('admin_api_keys')
      expect(own.redacted_value.slice(-4)).toBe(organization.adminKey.slice(-4))
      expect(own.expires_at).toBe(NOW.getTime() / 1000 + 10 * DAY)
    }))

  test('has an audit log of the last 120 days, by time, type and page, newest first unless switched otherwise', () =>
    withOrganization({}, async (organization) => {
      const listed = async (query: string): Promise<{ id: string; type: string; effective_at: number }[]> =>
        JSON.parse((await ask(organization, `audit_logs?limit=100&${query}`)).text).data
      const [from, to] = [MIDNIGHT - 2 * DAY, MIDNIGHT - DAY]
      const day = `effective_at[gte]=${from}&effective_at[lt]=${to}`
      const all = await listed(day)
      expect(all.every(({ effective_at: at }) => from <= at && at < to)).toBe(true)
      expect([...new Set(all.map(({ type }) => type))].toSorted()).toEqual([
        'login.failed',
        'login.succeeded',
        'logout.succeeded',
      ])
      const signedIn = await listed(`${day}&event_types[]=login.succeeded`)
      expect(signedIn).toEqual(all.filter(({ type }) => type === 'login.succeeded'))
      const times = all.map(({ effective_at: at }) => at)
      expect(times).toEqual(times.toSorted((left, right) => right - left))
      expect(await listed(`${day}&after=${all[0]?.id}`)).toEqual(all.slice(1))
      expect(await listed(`effective_at[gt]=${from - 1}&effective_at[lte]=${to - 1}`)).toEqual(all)
      expect(await listed(`effective_at[lt]=${MIDNIGHT - 121 * DAY}`)).toEqual([])
      organization.set({ auditLogOrder: 'oldest_first' })
      expect(await listed(day)).toEqual(all.toReversed())
      organization.set({ auditLogOff: true })
      expect(await listed('')).toEqual([])
      organization.set({ auditLogRefused: 403 })
      expect((await ask(organization, 'audit_logs')).text).toContain('Missing scopes: api.audit_logs.read')
    }))

  test('records requests without keys', () =>
    withOrganization({}, async (organization) => {
      await ask(organization, 'users?limit=5')
      expect(organization.requests).toEqual([{ method: 'GET', path: '/v1/organization/users', query: 'limit=5' }])
      expect(organization.requests[0]?.includes('/organization/users?limit')).toBe(true)
      expect(JSON.stringify(organization.requests)).not.toContain(organization.adminKey)
    }))
})
