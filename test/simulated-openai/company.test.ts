import { describe, expect, test } from '@jest/globals'
import { Company } from '../../local/simulated-openai/company.ts'
import { ask, DAY, MIDNIGHT, NOW, withOrganization } from './organization-bench.ts'

const MS = 1000

function aCompany(members = 240): Company {
  return new Company({ seed: 'northwind', members })
}

function requestsOn(company: Company, midnight: number, now: Date): number {
  const rows = company.rowsOf(midnight * MS, (midnight + DAY) * MS, now)
  return rows.reduce((sum, row) => sum + row.requests, 0)
}

describe('The company', () => {
  test('has people of every kind, with example domains only', () => {
    const users = aCompany(1_000).usersAt(NOW)
    const emails = users.flatMap((user) => (typeof user['email'] === 'string' ? [user['email']] : []))
    expect(emails.filter((email) => !/^[a-z.0-9]+@[a-z]+\.example$/.test(email))).toEqual([])
    expect(new Set(emails).size).toBe(emails.length)
    expect(new Set(users.map((user) => user.id)).size).toBe(users.length)
    expect(users.filter((user) => user['role'] === 'owner')).toHaveLength(3)
    for (const field of ['user', 'is_scim_managed', 'is_service_account', 'api_key_last_used_at', 'projects']) {
      const having = users.filter((user) => field in user).length
      expect(having).toBeGreaterThan(0)
      expect(having).toBeLessThan(users.length / 4)
    }
  })

  test('changes by a few people per month, whose usage stays', () => {
    const company = aCompany()
    const idsAt = (at: string) => new Set(company.usersAt(new Date(at)).map((user) => user.id))
    const before = idsAt('2026-08-24T12:00:00Z')
    const after = idsAt('2026-11-24T12:00:00Z')
    expect(before.difference(after).size).toBeGreaterThan(0)
    expect(before.difference(after).size).toBeLessThan(25)
    expect(after.difference(before).size).toBeGreaterThan(0)
    expect(idsAt('2026-08-24T01:00:00Z')).toEqual(before)
  })

  test('works more on weekdays than at weekends, and about a third never does', () => {
    const company = aCompany()
    const weekday = requestsOn(company, MIDNIGHT - 4 * DAY, NOW)
    const sunday = requestsOn(company, MIDNIGHT - 2 * DAY, NOW)
    expect(sunday).toBeLessThan(weekday / 2)
    const active = new Set<string | null>()
    for (let daysAgo = 0; daysAgo < 60; daysAgo += 1) {
      const from = (MIDNIGHT - daysAgo * DAY) * MS
      for (const row of company.rowsOf(from, from + DAY * MS, NOW)) active.add(row.userId)
    }
    const never = company.usersAt(NOW).filter((user) => !active.has(user.id)).length
    expect(never).toBeGreaterThan(48)
    expect(never).toBeLessThan(96)
    expect(active).toContain(null)
  })

  test('has figures of today that only grow, by model and user', () => {
    const company = aCompany(100)
    let previous = new Map<string, number>()
    for (let quarter = 0; quarter <= 96; quarter += 1) {
      const now = new Date(MIDNIGHT * MS + quarter * 900_000)
      const rows = company.rowsOf(MIDNIGHT * MS, (MIDNIGHT + DAY) * MS, now)
      const current = new Map(rows.map((row) => [`${row.userId} ${row.model}`, row.requests]))
      expect([...previous].filter(([place, requests]) => (current.get(place) ?? 0) < requests)).toEqual([])
      previous = current
    }
    expect(previous.size).toBeGreaterThan(20)
  })

  test('revises a past day once', () => {
    const company = aCompany()
    const asOf = (days: number) => requestsOn(company, MIDNIGHT, new Date((MIDNIGHT + days * DAY + 3_600) * MS))
    expect(asOf(2)).toBeGreaterThan(asOf(1))
    expect(asOf(2)).toBeLessThan(asOf(1) * 1.1)
    expect([asOf(3), asOf(9)]).toEqual([asOf(2), asOf(2)])
  })

  test('can be changed: people removed, added and replaced, usage added and replaced', () => {
    const company = aCompany(5)
    const ids = () => company.usersAt(NOW).map((user) => user.id)
    const [first] = ids()
    company.remove(first ?? '')
    company.add({ id: 'user-new', email: 'new@northwind.example' })
    expect(ids()).not.toContain(first)
    expect(company.usersAt(NOW).at(-1)).toMatchObject({ id: 'user-new', email: 'new@northwind.example' })
    company.replaceAll([{ id: 'user-only' }])
    expect(ids()).toEqual(['user-only'])
    const numbers = { requests: 7, inputTokens: 70, cachedInputTokens: 10, outputTokens: 20 }
    company.addUsage({ day: '2026-11-23', userId: 'user-only', model: 'gpt-9', ...numbers })
    const rows = company.rowsOf((MIDNIGHT - DAY) * MS, MIDNIGHT * MS, NOW)
    expect(rows.filter((row) => row.userId === 'user-only')).toMatchObject([{ model: 'gpt-9', ...numbers }])
    company.replaceUsage([{ day: '2026-11-23', userId: null, model: 'gpt-5', ...numbers }])
    const replaced = company.rowsOf((MIDNIGHT - DAY) * MS, MIDNIGHT * MS, NOW)
    expect(replaced).toMatchObject([{ userId: null, model: 'gpt-5', ...numbers }])
  })

  test('is identical for the same seed and clock, and different for another seed', async () => {
    const read = (seed: string) =>
      withOrganization({ seed }, async (organization) => [
        (await ask(organization, 'users?limit=100')).text,
        (await ask(organization, `usage/completions?start_time=${MIDNIGHT - DAY}&group_by=user_id,model`)).text,
        (await ask(organization, 'admin_api_keys')).text,
      ])
    const [one, same, other] = await Promise.all([read('one'), read('one'), read('other')])
    expect(one).toEqual(same)
    expect(one[0]).not.toBe(other[0])
  })
})
