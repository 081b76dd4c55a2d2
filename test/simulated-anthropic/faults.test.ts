import { describe, expect, test } from '@jest/globals'
import { AS_DOCUMENTED, type Switches } from '../../local/simulated-anthropic/switches.ts'
import { waitFor, waitUntil } from '../watchdog.ts'
import { ask, read, WEEK, withOrganization, withSwitches } from './organization-bench.ts'

const USAGE = `analytics/usage?${WEEK}&limit=1000`

describe('Paging and answers can be at fault:', () => {
  test('small pages, empty pages, repeated rows, a last token that is refused, tokens that are all refused', () =>
    withOrganization({}, async (organization) => {
      const all = (await withSwitches(organization, `${USAGE}&order_by=time&order=asc`, {})).data
      const pages = async (switches: Partial<Switches>) => {
        organization.set({ ...AS_DOCUMENTED, pageSizeAtMost: 3, ...switches })
        const path = `${USAGE}&order_by=time&order=asc`
        const rows: unknown[] = []
        let sizes: number[] = []
        for (let token: string | null = ''; token !== null;) {
          const answer = await ask(organization, token === '' ? path : `${path}&page=${token}`)
          if (answer.status !== 200) return { rows, sizes, refused: answer.status }
          const page: { data: unknown[]; next_page: string | null } = JSON.parse(answer.text)
          rows.push(...page.data)
          sizes = [...sizes, page.data.length]
          token = page.next_page
        }
        return { rows, sizes, refused: null }
      }
      expect(await pages({})).toEqual({ rows: all, sizes: [3, 3, 1], refused: null })
      expect(await pages({ emptyPagesWithToken: true })).toEqual({
        rows: all,
        sizes: [0, 3, 0, 3, 0, 1],
        refused: null,
      })
      expect(await pages({ trailingEmptyPage: true })).toEqual({ rows: all, sizes: [3, 3, 1], refused: 400 })
      expect(await pages({ pageTokensRefused: true })).toEqual({ rows: all.slice(0, 3), sizes: [3], refused: 400 })
      expect((await pages({ repeatedRows: true })).sizes).toEqual([3, 4, 2])
    }))

  test('people twice, cursors that are refused', () =>
    withOrganization({}, async (organization) => {
      const { last_id: last } = await read(organization, 'users?limit=5')
      const next = `users?limit=5&after_id=${last}`
      expect((await withSwitches(organization, next, {})).first_id).not.toBe(last)
      expect((await withSwitches(organization, next, { duplicateIds: true })).first_id).toBe(last)
      organization.company.remove(last)
      expect((await ask(organization, next)).status).toBe(400)
      organization.set({ unknownCursorStatus: 404 })
      expect((await ask(organization, next)).status).toBe(404)
    }))

  test('an end in the future that is refused, and reports whose freshness is unknown', () =>
    withOrganization({}, async (organization) => {
      organization.set({ futureEndRefused: true })
      expect((await ask(organization, USAGE)).status).toBe(400)
      expect((await withSwitches(organization, USAGE, { refreshUnknown: true })).data_refreshed_at).toBeNull()
    }))

  test('529, 429 with and without Retry-After, HTML, resets and replies that are cut off', () =>
    withOrganization({ switches: { serverErrorEveryNth: 1, serverErrorStatus: 529 } }, async (organization) => {
      const overloaded = await ask(organization, 'users')
      expect([overloaded.status, JSON.parse(overloaded.text).error.type]).toEqual([529, 'overloaded_error'])
      organization.set({ ...AS_DOCUMENTED, rateLimit: { everyNth: 1, retryAfterSeconds: 7 } })
      const limited = await ask(organization, 'users')
      expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
      expect(JSON.parse(limited.text).error.type).toBe('rate_limit_error')
      organization.set({ rateLimit: { everyNth: 1, retryAfterSeconds: null } })
      expect((await ask(organization, 'users')).headers.has('retry-after')).toBe(false)
      organization.set({ ...AS_DOCUMENTED, htmlEveryNth: 1 })
      expect((await ask(organization, 'users')).headers.get('content-type')).toBe('text/html')
      organization.set({ ...AS_DOCUMENTED, resetEveryNth: 1 })
      await expect(ask(organization, 'users')).rejects.toThrow('fetch failed')
      organization.set({ ...AS_DOCUMENTED, truncateEveryNth: 1 })
      const cut = await ask(organization, 'users')
      expect(() => JSON.parse(cut.text)).toThrow('JSON')
      expect(organization.faultsInjected).toBe(6)
    }))

  test('an answer that never comes', () =>
    withOrganization({ switches: { hangEveryNth: 1 } }, async (organization) => {
      const hanging = new AbortController()
      const unanswered = fetch(`${organization.baseUrl}/v1/organizations/me`, { signal: hanging.signal })
      await waitUntil('the request to arrive', () => organization.requests.length === 1)
      hanging.abort()
      await expect(unanswered).rejects.toThrow('aborted')
    }))

  test('a key that is revoked midway, while another works', () =>
    withOrganization({}, async (organization) => {
      const hold = organization.hold()
      const asked = ask(organization, 'users')
      await waitFor('a request to wait', hold.requested)
      organization.set({ adminKeyRevoked: true })
      hold.release()
      expect((await asked).status).toBe(401)
      expect((await ask(organization, 'users', { 'x-api-key': organization.keys.nextAdmin })).status).toBe(200)
    }))
})
