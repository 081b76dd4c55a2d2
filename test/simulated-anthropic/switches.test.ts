import { describe, expect, test } from '@jest/globals'
import type { Switches } from '../../local/simulated-anthropic/switches.ts'
import { ask, unitsOf, WEEK, withOrganization, withSwitches } from './organization-bench.ts'

const USAGE = `analytics/usage?${WEEK}&limit=1000`
const COST = `analytics/cost?${WEEK}&limit=1000`

/** What the tests look at in a row of a report. */
interface Row {
  readonly group: { readonly actor: { readonly type: string } | null; readonly product: string | null }
  readonly usage: { readonly requests: number }
  readonly cost: { readonly amount: string; readonly currency: string }
}

describe('A switch changes the answer:', () => {
  test.each([
    [{ analyticsRefused: 'hipaa_readiness' }, 400, { type: 'invalid_request_error' }],
    [{ analyticsRefused: 'not_enrolled' }, 400, { details: { error_code: 'organization_not_enrolled_in_beta' } }],
    [{ analyticsRefused: 'not_found' }, 404, { type: 'not_found_error' }],
    [{ refused: { usage: 403, cost: 403 } }, 403, { type: 'permission_error' }],
  ] satisfies [Partial<Switches>, number, object][])('no analytics: %j', (switches, status, error) =>
    withOrganization({ switches }, async (organization) => {
      for (const path of [USAGE, COST]) {
        const answer = await ask(organization, path)
        expect([answer.status, JSON.parse(answer.text).error]).toMatchObject([status, error])
      }
      expect((await ask(organization, 'users')).status).toBe(200)
    }),
  )

  test('a list that is refused, while others are read', () =>
    withOrganization({ switches: { refused: { api_keys: 404 } } }, async (organization) => {
      expect((await ask(organization, 'api_keys')).status).toBe(404)
      expect((await ask(organization, 'invites')).status).toBe(200)
    }))

  test('costs by anything that are refused, while the total is read', () =>
    withOrganization({ switches: { costPartsRefused: 404 } }, async (organization) => {
      expect((await ask(organization, `${COST}&group_by[]=actor`)).status).toBe(404)
      expect((await ask(organization, COST)).status).toBe(200)
      expect((await ask(organization, `${USAGE}&group_by[]=actor`)).status).toBe(200)
    }))

  test('roles of Claude Enterprise', () =>
    withOrganization({ members: 100 }, async (organization) => {
      const { data } = await withSwitches(organization, 'users?limit=1000', { organizationKind: 'enterprise' })
      expect(new Set(data.map(({ role }: { role: string }) => role))).toEqual(
        new Set(['owner', 'membership_admin', 'managed', 'user']),
      )
    }))

  test('unknown fields, null emails, keys in names, an empty directory', () =>
    withOrganization({}, async (organization) => {
      const users = (switches: Partial<Switches>) => withSwitches(organization, 'users', switches)
      expect(await users({ unknownFields: true })).toMatchObject({
        undocumented: 'x',
        data: { 0: { undocumented: 'x' } },
      })
      expect((await users({ nullEmails: true })).data[7].email).toBeNull()
      expect((await users({ keyLikeNames: true })).data[0].name).toContain('sk-ant-api03-')
      expect(await users({ emptyListing: true })).toMatchObject({ data: [], has_more: false, first_id: null })
    }))

  test('keys without owner or hint, or with the whole key as hint, and deleted invites', () =>
    withOrganization({}, async (organization) => {
      const keys = async (switches: Partial<Switches>) =>
        (await withSwitches(organization, 'api_keys?limit=7', switches)).data
      const hints = (some: { partial_key_hint: unknown }[]) => some.map((key) => key.partial_key_hint)
      expect(hints(await keys({}))).toEqual(
        Array.from({ length: 7 }, () => expect.stringMatching(/^sk-ant-api03-.{4}\.\.\..{4}$/)),
      )
      expect(await keys({ keysWithoutOwner: true })).toMatchObject(
        Array.from({ length: 7 }, () => ({ principal: null, created_by: null })),
      )
      expect(hints(await keys({ keysWithoutHint: true }))).toEqual(Array.from({ length: 7 }, () => null))
      const [first] = organization.company.keysAt(new Date('2026-11-24T15:30:00.000Z'))
      expect((await keys({ unmaskedKeys: true }))[0].partial_key_hint).toBe(first?.secret)
      const invites = (await withSwitches(organization, 'invites', { deletedInvitesListed: true })).data
      expect(invites.map(({ status }: { status: string }) => status)).toContain('deleted')
    }))

  test('unknown products and actors, and usage without an actor, with the same totals', () =>
    withOrganization({ members: 60 }, async (organization) => {
      const rows = async (switches: Partial<Switches>) =>
        (await withSwitches(organization, `${USAGE}&group_by[]=actor&group_by[]=product`, switches)).data
      const requests = (some: Row[]) => some.reduce((sum, { usage }) => sum + usage.requests, 0)
      const plain = await rows({})
      const strange = await rows({ unknownProducts: true, unknownActors: true })
      const products = new Set(strange.map(({ group }: Row) => group.product))
      expect(products.has('claude_hologram')).toBe(true)
      expect(products.has('claude_code')).toBe(false)
      expect(strange.some(({ group }: Row) => group.actor?.type === 'satellite_actor')).toBe(true)
      const anonymous = await rows({ rowsWithoutActor: 0.5 })
      const ofNobody = (some: Row[]) => requests(some.filter(({ group }) => group.actor === null))
      expect(ofNobody(anonymous)).toBeGreaterThan(ofNobody(plain))
      expect([requests(strange), requests(anonymous)]).toEqual([requests(plain), requests(plain)])
    }))

  test('amounts with an exponent, with more decimals, as numbers', () =>
    withOrganization({}, async (organization) => {
      const amounts = async (costAmountsAs: Switches['costAmountsAs']) =>
        (await withSwitches(organization, COST, { costAmountsAs })).data.map(
          ({ cost }: { cost: { amount: unknown } }) => cost.amount,
        )
      const plain: string[] = await amounts('decimal')
      expect(plain.every((amount) => /^\d+(\.\d{1,8})?$/.test(amount))).toBe(true)
      const rounded = (texts: unknown[]) => texts.map((text) => Math.round(Number(text) * 1e6))
      const [long, exponent, number] = [await amounts('long'), await amounts('exponent'), await amounts('number')]
      expect([rounded(long), rounded(exponent), rounded(number)]).toEqual(
        Array.from({ length: 3 }, () => rounded(plain)),
      )
      expect(long.every((amount: string) => amount.endsWith('0049'))).toBe(true)
      expect(exponent.every((amount: string) => amount.endsWith('E-8'))).toBe(true)
      expect(number.every((amount: unknown) => typeof amount === 'number')).toBe(true)
    }))

  test('costs that do not add up, credits, a second currency', () =>
    withOrganization({ members: 60 }, async (organization) => {
      const total = async (group: string, switches: Partial<Switches>) => {
        const { data } = await withSwitches(organization, `${COST}${group}`, switches)
        return data.reduce((sum: bigint, { cost }: Row) => sum + unitsOf(cost.amount), 0n)
      }
      const plain = await total('', {})
      expect(await total('&group_by[]=model', {})).toBe(plain)
      expect(await total('&group_by[]=model', { costFees: true })).toBe(plain)
      expect(await total('', { costFees: true })).toBe(plain + 7n * unitsOf('123.45678901'))
      expect(await total('', { costCredits: true })).toBe(plain - 7n * unitsOf('70'))
      const { data } = await withSwitches(organization, COST, { secondCurrency: 'EUR' })
      expect(new Set(data.map(({ cost }: Row) => cost.currency))).toEqual(new Set(['USD', 'EUR']))
      expect(await total('', { secondCurrency: 'EUR' })).toBe(plain)
    }))
})

test('Each kind of key has its answer, which repeats no part of the key', () =>
  withOrganization({}, async (organization) => {
    const { keys } = organization
    const answers = (key: string) =>
      Promise.all(
        ['me', 'users', 'api_keys', USAGE].map(async (path) => {
          const { status, text } = await ask(organization, path, { 'x-api-key': key })
          expect(text).not.toContain(key.slice(-8))
          return status
        }),
      )
    expect(await answers(keys.admin)).toEqual([200, 200, 200, 200])
    expect(await answers(keys.nextAdmin)).toEqual([200, 200, 200, 200])
    expect(await answers(keys.otherOrganization)).toEqual([200, 200, 200, 200])
    expect(await answers(keys.withoutAnalytics)).toEqual([200, 200, 200, 403])
    expect(await answers(keys.withoutMembers)).toEqual([200, 403, 200, 200])
    expect(await answers(keys.workspace)).toEqual([403, 403, 403, 403])
    expect(await answers(keys.revoked)).toEqual([401, 401, 401, 401])
    expect(await answers(keys.expired)).toEqual([401, 401, 401, 401])
    organization.set({ workspaceKeyStatus: 401 })
    expect(await answers(keys.workspace)).toEqual([401, 401, 401, 401])
  }))
