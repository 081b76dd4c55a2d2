import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { AS_DOCUMENTED, type Switches } from '../../local/simulated-openai/switches.ts'
import { readOrganization } from '../model/read-organization.ts'
import type { ModelOrganization } from '../model/organization.ts'
import { sumOf } from '../model/rules.ts'
import { waitFor, waitUntil } from '../watchdog.ts'
import { ask, DAY, MIDNIGHT, NOW, withOrganization } from './organization-bench.ts'

/** Several pages of days, where a page has at most seven. */
const WINDOW = { from: '2026-11-10', to: '2026-11-24' }
const USAGE = `usage/completions?start_time=${MIDNIGHT - 2 * DAY}`

function told({ baseUrl, adminKey }: SimulatedOrganization) {
  return readOrganization({ baseUrl, key: adminKey }, WINDOW, NOW)
}

/** Each in one way or several that have nothing to do with each other. */
const harmless: Partial<Switches>[] = [
  { numbersAsStrings: true, unknownFields: true, duplicateIds: true, nestedUserOnly: true, directoryOrder: 'shuffled' },
  {
    emptyPagesWithToken: true,
    trailingEmptyPage: true,
    emptyDaysOmitted: true,
    futureBuckets: true,
    pageSizeAtMost: 7,
  },
  { trailingEmptyPage: true, emptyPageBeforeRefusal: true },
  // So few follow one another that each request comes through.
  {
    serverErrorEveryNth: 3,
    truncateEveryNth: 5,
    htmlEveryNth: 7,
    rateLimit: { everyNth: 11, retryAfterSeconds: null },
  },
]

describe('Another representation has the same content:', () => {
  let organization: SimulatedOrganization
  let plain: ModelOrganization
  beforeAll(async () => {
    organization = await startSimulatedOrganization({ members: 12, now: () => NOW })
    plain = await told(organization)
  })
  afterAll(() => organization.close())

  test.each(harmless)('%j', async (switches) => {
    // On several pages of people and of days, so that there is something to tell otherwise.
    organization.set({ ...AS_DOCUMENTED, pageSizeAtMost: 5, ...switches })
    expect(await told(organization)).toEqual(plain)
    expect(plain.people.length).toBeGreaterThan(10)
    expect(sumOf(plain.usage).requests).toBeGreaterThan(1_000)
  })
})

describe('A switch changes the answer:', () => {
  test('numbers as text, unknown fields, nested names, an id on two pages, shuffled users', () =>
    withOrganization({}, async (organization) => {
      const read = async (path: string, switches: Partial<Switches>) => {
        organization.set({ ...AS_DOCUMENTED, ...switches })
        return JSON.parse((await ask(organization, path)).text)
      }
      const plain = await read('users?limit=5', {})
      const last = plain.last_id
      expect(await read('users', { numbersAsStrings: true })).toHaveProperty('data.0.added_at', expect.any(String))
      expect(await read('users', { unknownFields: true })).toMatchObject({ undocumented: 'x' })
      const nested = await read('users', { nestedUserOnly: true })
      expect(nested.data[0]).toMatchObject({ user: { email: plain.data[0].email } })
      expect(nested.data[0]).not.toHaveProperty('email')
      expect((await read(`users?limit=5&after=${last}`, { duplicateIds: true })).first_id).toBe(last)
      expect((await read(`users?limit=5&after=${last}`, {})).first_id).not.toBe(last)
      expect((await read('users?limit=5', { directoryOrder: 'shuffled' })).data).not.toEqual(plain.data)
    }))

  test('rows without users, with the same total', () =>
    withOrganization({ members: 12 }, async (organization) => {
      const plain = (await told(organization)).usage
      organization.set({ rowsWithoutUser: 0.5 })
      const { usage } = await told(organization)
      const unattributed = (rows: typeof usage) => sumOf(rows.filter(({ userId }) => userId === null)).requests
      expect(sumOf(usage)).toEqual(sumOf(plain))
      expect(unattributed(usage)).toBeGreaterThan(unattributed(plain))
    }))

  test('no bucket for today, an empty directory, null or absent emails', () =>
    withOrganization({ switches: { todayMissing: true, nullEmails: true } }, async (organization) => {
      const { usage } = await told(organization)
      expect(
        usage
          .map(({ day }) => day)
          .toSorted()
          .at(-1),
      ).toBe('2026-11-23')
      expect(JSON.parse((await ask(organization, 'users')).text).data[7]).toMatchObject({ email: null })
      organization.set({ absentEmails: true })
      expect(JSON.parse((await ask(organization, 'users')).text).data[7]).not.toHaveProperty('email')
      organization.set({ emptyListing: true })
      expect(JSON.parse((await ask(organization, 'users')).text)).toMatchObject({ data: [], has_more: false })
    }))

  test('a last token answered with 400, empty pages, future buckets', () =>
    withOrganization({ switches: { trailingEmptyPage: true } }, async (organization) => {
      const { has_more: hasMore, next_page: page } = JSON.parse((await ask(organization, USAGE)).text)
      expect(hasMore).toBe(true)
      expect((await ask(organization, `${USAGE}&page=${page}`)).status).toBe(400)
      organization.set({ emptyPageBeforeRefusal: true })
      const first = JSON.parse((await ask(organization, USAGE)).text)
      const second = JSON.parse((await ask(organization, `${USAGE}&page=${first.next_page}`)).text)
      expect(second).toMatchObject({ data: [], has_more: true })
      expect((await ask(organization, `${USAGE}&page=${second.next_page}`)).status).toBe(400)
      organization.set({ ...AS_DOCUMENTED, emptyPagesWithToken: true })
      expect(JSON.parse((await ask(organization, USAGE)).text)).toMatchObject({ data: [], has_more: true })
      organization.set({ ...AS_DOCUMENTED, futureBuckets: true })
      const { text } = await ask(organization, `${USAGE}&end_time=${MIDNIGHT + 2 * DAY}`)
      expect(JSON.parse(text).data.at(-1)).toMatchObject({ end_time: MIDNIGHT + 2 * DAY, results: [] })
    }))

  test('the first page repeated, endless empty pages, refused tokens and cursors', () =>
    withOrganization({ switches: { pageSizeAtMost: 1, firstPageAgain: true } }, async (organization) => {
      const json = async (path: string) => JSON.parse((await ask(organization, path)).text)
      const [users, usage] = [await json('users'), await json(USAGE)]
      expect([users.data.length, usage.data.length]).toEqual([1, 1])
      const next = [`users?after=${users.last_id}`, `${USAGE}&page=${usage.next_page}`] as const
      expect([await json(next[0]), await json(next[1])]).toEqual([users, usage])
      organization.set({ firstPageAgain: false, endlessEmptyPages: true })
      const beyond = [await json(next[0]), await json(`${USAGE}&page=${(await json(USAGE)).next_page}`)]
      expect(beyond).toMatchObject(beyond.map(() => ({ data: [], has_more: true })))
      expect(await json(`users?after=${beyond[0].last_id}`)).toMatchObject({ data: [], has_more: true })
      expect((await json(`${USAGE}&page=${beyond[1].next_page}`)).next_page).not.toBe(beyond[1].next_page)
      organization.set({ ...AS_DOCUMENTED, pageTokensRefused: true })
      for (const path of next) expect((await ask(organization, path)).status).toBe(400)
    }))

  test('reset connections and unanswered requests, both counted', () =>
    withOrganization({ switches: { resetEveryNth: 2 } }, async (organization) => {
      expect((await ask(organization, 'users')).status).toBe(200)
      await expect(ask(organization, 'users')).rejects.toThrow('fetch failed')
      organization.set({ resetEveryNth: null, hangEveryNth: 1 })
      const hanging = new AbortController()
      const unanswered = fetch(`${organization.baseUrl}/organization/users`, { signal: hanging.signal })
      await waitUntil('the request to arrive', () => organization.requests.length === 3)
      organization.set({ hangEveryNth: null })
      expect((await ask(organization, 'users')).status).toBe(200)
      hanging.abort()
      await expect(unanswered).rejects.toThrow('aborted')
      expect(organization.faultsInjected).toBe(2)
    }))

  test('a project whose keys are never answered, while those of another are', () =>
    withOrganization({ switches: { hangingProjects: ['proj_search'] } }, async (organization) => {
      const hanging = new AbortController()
      const url = `${organization.baseUrl}/organization/projects/proj_search/api_keys`
      const headers = { authorization: `Bearer ${organization.adminKey}` }
      const unanswered = fetch(url, { headers, signal: hanging.signal })
      await waitUntil('the request to arrive', () => organization.requests.length === 1)
      expect((await ask(organization, 'projects/proj_support/api_keys')).status).toBe(200)
      hanging.abort()
      await expect(unanswered).rejects.toThrow('aborted')
    }))

  test('held answers, which follow the switches at their release', () =>
    withOrganization({}, async (organization) => {
      const hold = organization.hold()
      const answers: number[] = []
      const asked = [1, 2].map(async () => answers.push((await ask(organization, 'users')).status))
      await waitFor('a request to wait', hold.requested)
      await waitUntil('both requests to arrive', () => organization.requests.length === 2)
      expect(answers).toEqual([])
      organization.set({ adminKeyRevoked: true })
      hold.release()
      await Promise.all(asked)
      expect(answers).toEqual([401, 401])
      expect((await ask(organization, 'users', organization.keys.nextAdmin)).status).toBe(200)
    }))

  test('429 with and without Retry-After, bare errors, failing next requests', () =>
    withOrganization({ switches: { rateLimit: { everyNth: 1, retryAfterSeconds: 7 } } }, async (organization) => {
      const limited = await ask(organization, 'users')
      expect(limited.status).toBe(429)
      expect(limited.headers.get('retry-after')).toBe('7')
      organization.set({ rateLimit: { everyNth: 1, retryAfterSeconds: null }, bareStringErrors: true })
      const bare = await ask(organization, 'users')
      expect(bare.headers.has('retry-after')).toBe(false)
      expect(JSON.parse(bare.text)).toEqual({ error: "You're making too many requests, please slow down." })
      organization.set(AS_DOCUMENTED)
      organization.failNext(2, 503)
      const statuses = [
        await ask(organization, 'users'),
        await ask(organization, 'users'),
        await ask(organization, 'users'),
      ]
      expect(statuses.map(({ status }) => status)).toEqual([503, 503, 200])
    }))
})

test('Each kind of key has its answer, which repeats a part of a wrong key', () =>
  withOrganization({}, async (organization) => {
    const { keys } = organization
    for (const key of Object.values(keys)) expect(key.length).toBeGreaterThanOrEqual(40)
    const answers = async (key: string) =>
      Promise.all(['users', USAGE].map(async (path) => (await ask(organization, path, key)).status))
    expect(await answers(keys.admin)).toEqual([200, 200])
    expect(await answers(keys.withoutUsage)).toEqual([200, 403])
    expect(await answers(keys.withoutDirectory)).toEqual([403, 200])
    expect(await answers(keys.project)).toEqual([403, 403])
    expect(await answers(keys.revoked)).toEqual([401, 401])
    expect(await answers(keys.expired)).toEqual([401, 401])
    const { message } = JSON.parse((await ask(organization, 'users', keys.revoked)).text).error
    expect(message).toMatch(/^Incorrect API key provided: sk-admin-/)
    expect(message).toContain(keys.revoked.slice(-4))
    organization.set({ permissionStatus: 401, expiredKeyAs: 'api_key_expired' })
    expect(await answers(keys.project)).toEqual([401, 401])
    expect(JSON.parse((await ask(organization, 'users', keys.expired)).text).error.code).toBe('api_key_expired')
  }))
