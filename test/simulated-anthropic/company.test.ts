import { describe, expect, test } from '@jest/globals'
import { Company as OpenAiCompany } from '../../local/simulated-openai/company.ts'
import { Company } from '../../local/simulated-anthropic/company.ts'
import { statusOf } from '../../local/simulated-anthropic/api-keys.ts'
import { dayNumberOf } from '../../local/simulation/utc.ts'
import { NOW } from './organization-bench.ts'

const SEED = 'northwind'
const TODAY = dayNumberOf(NOW)

function aCompany(members = 200, share = 0): Company {
  return new Company({ seed: SEED, members, inCommon: { share, members: 240 } })
}

function rowsOfDays(company: Company, days: number, now = NOW) {
  return Array.from({ length: days }, (_, ago) => company.rowsOn(TODAY - ago, now)).flat()
}

describe('The company at Anthropic', () => {
  test('has people of every role, with example domains only', () => {
    const users = aCompany().usersAt(NOW)
    const emails = users.flatMap(({ email }) => (email === null ? [] : [email]))
    expect(emails.filter((email) => !/^[a-z.0-9]+@[a-z]+\.example$/i.test(email))).toEqual([])
    expect(new Set(emails.map((email) => email.toLowerCase())).size).toBe(users.length)
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length)
    expect(new Set(users.map(({ role }) => role))).toEqual(
      new Set(['admin', 'developer', 'claude_code_user', 'user', 'billing']),
    )
    expect(users.filter(({ role }) => role === 'admin').length).toBeLessThanOrEqual(3)
  })

  test('shares people with the company at OpenAI as an option says, some in other case', () => {
    const there = new Set(new OpenAiCompany({ seed: SEED, members: 240 }).usersAt(NOW).map((user) => user['email']))
    const inCommon = (share: number) =>
      aCompany(120, share)
        .usersAt(NOW)
        .flatMap(({ email }) => (email !== null && there.has(email.toLowerCase()) ? [email] : []))
    expect(inCommon(0)).toEqual([])
    expect(inCommon(0.6).length).toBeGreaterThan(50)
    expect(inCommon(0.6).length).toBeLessThan(95)
    expect(inCommon(0.6).filter((email) => !there.has(email)).length).toBeGreaterThan(3)
    expect(inCommon(1).length).toBeGreaterThan(105)
  })

  test('uses products of every kind, by actors of every kind', () => {
    const rows = rowsOfDays(aCompany(), 40)
    const actors = rows.map(({ actor }) => actor?.type ?? null)
    expect(new Set(rows.map(({ product }) => product))).toEqual(
      new Set(['claude_code', 'chat', 'cowork', 'office_agent', 'messages_api', 'message_batches_api', null]),
    )
    expect(new Set(actors)).toEqual(
      new Set(['user_actor', 'service_account_actor', 'federated_actor', 'api_actor', 'hidden', null]),
    )
    const execution = rows.filter(({ product }) => product === null)
    expect(execution.every((row) => row.outputTokens === 0 && row.model === null && row.requests > 0)).toBe(true)
    expect(rows.some((row) => row.cacheCreation1hInputTokens > 0 && row.cacheReadInputTokens > 0)).toBe(true)
  })

  test('keeps the usage of people who left, and reports them as deleted', () => {
    const company = aCompany()
    const members = new Map(company.usersAt(NOW).map((member) => [member.id, member]))
    const days = Array.from({ length: 90 }, (_, ago) => company.rowsOn(TODAY - ago, NOW)).flat()
    const former = days.flatMap(({ actor }) =>
      actor?.type === 'user_actor' && !members.has(actor.user_id) ? [actor.user_id] : [],
    )
    const contacts = [...new Set(former)].map((id) => company.contactOf(id, members))
    expect(contacts).toContain(null)
    expect(contacts.filter((contact) => contact !== null).length).toBeGreaterThan(0)
    expect(contacts.every((contact) => contact?.isMember !== true)).toBe(true)
  })

  test('has keys of every status, principal and scope', () => {
    const keys = aCompany().keysAt(NOW)
    expect(new Set(keys.map((key) => statusOf(key, NOW)))).toEqual(
      new Set(['active', 'inactive', 'archived', 'expired']),
    )
    expect(new Set(keys.map(({ principal }) => principal?.type))).toEqual(
      new Set(['user_actor', 'service_account_actor', undefined]),
    )
    expect(new Set(keys.map(({ scope }) => scope.type))).toEqual(new Set(['workspace', 'organization']))
    expect(keys.some((key) => key.created_by === null && key.principal === null)).toBe(true)
    expect(keys.every((key) => Date.parse(key.created_at) <= NOW.getTime())).toBe(true)
    const isUnbound = keys.filter(({ scope, principal }) => scope.type === 'organization' && principal === null)
    expect(isUnbound).toEqual([])
  })

  test('has figures of today that only grow, and revises a past day once', () => {
    const company = aCompany()
    const requests = (day: number, now: Date) => company.rowsOn(day, now).reduce((sum, row) => sum + row.requests, 0)
    const hours = Array.from({ length: 25 }, (_, hour) => new Date(TODAY * 86_400_000 + hour * 3_600_000))
    const today = hours.map((now) => requests(TODAY, now))
    expect(today).toEqual(today.toSorted((left, right) => left - right))
    expect(today.at(-1)).toBeGreaterThan(0)
    const asOf = (days: number) => requests(TODAY, new Date((TODAY + days) * 86_400_000 + 3_600_000))
    expect(asOf(2)).toBeGreaterThan(asOf(1))
    expect(asOf(2)).toBeLessThan(asOf(1) * 1.1)
    expect([asOf(3), asOf(9)]).toEqual([asOf(2), asOf(2)])
  })

  test('can be changed: people, keys, invitations, usage and costs', () => {
    const company = aCompany(5)
    const [first] = company.usersAt(NOW)
    company.remove(first?.id ?? '')
    company.add({ id: 'user_01new', email: 'new@northwind.example' })
    expect(company.usersAt(NOW).map(({ id }) => id)).not.toContain(first?.id)
    expect(company.usersAt(NOW).at(-1)).toMatchObject({ id: 'user_01new', email: 'new@northwind.example' })
    company.replaceAll([{ id: 'user_01only', role: 'admin' }])
    expect(company.usersAt(NOW)).toMatchObject([{ id: 'user_01only', role: 'admin' }])
    company.replaceKeys([])
    expect(company.keysAt(NOW)).toEqual([])
    expect(company.invitesAt(NOW).length).toBeGreaterThan(0)
    company.replaceInvites([])
    expect(company.invitesAt(NOW)).toEqual([])
    const numbers = { requests: 7, inputTokens: 70, cachedInputTokens: 10, outputTokens: 20 }
    company.replaceUsage([{ day: '2026-11-23', userId: 'user_01only', model: 'model', ...numbers }])
    company.addUsage({ day: '2026-11-23', actor: { type: 'api_actor', api_key_id: 'apikey_01' }, ...numbers })
    expect(company.rowsOn(TODAY - 1, NOW)).toMatchObject([
      { actor: { type: 'user_actor', user_id: 'user_01only' }, model: 'model', product: 'messages_api', requests: 7 },
      { actor: { type: 'api_actor', api_key_id: 'apikey_01' }, model: null },
    ])
    company.addCost({ day: '2026-11-22', units: 5n, currency: 'EUR' })
    expect(company.costsOn(TODAY - 2, NOW)).toMatchObject([{ currency: 'EUR', requests: 0, parts: [{ units: 5n }] }])
    company.replaceAddedCosts([{ day: '2026-11-22', units: 6n, isOnlyInTotal: true }])
    expect(company.costsOn(TODAY - 2, NOW)).toMatchObject([{ currency: 'USD', parts: [{ units: 6n }] }])
  })
})
