import { afterAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { recordFigures } from './figures.ts'
import type { ModelPerson, ModelUsage } from '../model/organization.ts'
import { isOwner } from '../model/rules.ts'
import { counted, type Misbehaviour, startSynced, type SyncedBench } from './provider-bench.ts'
import { startSeed } from '../histories/seed.ts'

const MINUTE = 60_000
/** Of a request for a page of people after the first, and for usage, by provider. */
const REQUESTS = {
  openai: { nextPeople: 'users?limit=100&after=', usagePath: '/usage/completions' },
  anthropic: { nextPeople: 'users?limit=1000&after_id=', usagePath: '/analytics/usage' },
} as const
/** With these, 12 people come in three pages; the fifth is the first cursor. */
const PAGES_OF_FIVE = { pageSizeAtMost: 5 }

const usersBody = z.object({ items: z.array(z.object({ seat: z.object({ type: z.string(), reason: z.string() }) })) })

const seed = startSeed('provider-misbehaves-midway')

afterAll(() => {
  recordFigures('provider-misbehaves-midway', {
    'requests to providers': counted.requests,
    'answers compared': counted.answers,
  })
})

describe.each(['openai', 'anthropic'] as const)('At %s:', (provider) => {
  const { nextPeople, usagePath } = REQUESTS[provider]

  test('A person who leaves after they were read is shown until the next sync', () =>
    withSynced({ provider }, async ({ organization, behave, once, sync, recover }) => {
      behave(PAGES_OF_FIVE)
      const { people, usage } = organization
      once(nextPeople, () => (organization.people = people.toSpliced(1, 1)))
      expect(await sync({ people, usage })).toMatchObject({ code: null })
      await recover()
    }))

  test('A person who leaves before they were read is removed by this sync', () =>
    withSynced({ provider }, async ({ organization, behave, once, sync, recover }) => {
      behave(PAGES_OF_FIVE)
      once(nextPeople, () => (organization.people = organization.people.toSpliced(8, 1)))
      expect(await sync(organization)).toMatchObject({ code: null })
      await recover()
    }))

  test('When the cursor’s person leaves, the list is read again and everybody else is found', () =>
    withSynced({ provider }, async ({ organization, behave, once, sync, recover }) => {
      behave(PAGES_OF_FIVE)
      once(nextPeople, () => (organization.people = organization.people.toSpliced(4, 1)))
      const { people, usage } = organization
      expect(await sync({ people: people.toSpliced(4, 1), usage })).toMatchObject({ code: null })
      await recover()
    }))

  test('A person who joins during the read is shown at once at the list’s end, and after the next sync at its beginning', () =>
    withSynced({ provider }, async ({ organization, behave, once, sync, recover }) => {
      behave(PAGES_OF_FIVE)
      const { people, usage } = organization
      const [last, first] = [newcomer(people, 'user-last'), newcomer(people, 'user-first')]
      once(nextPeople, () => (organization.people = [first, ...people, last]))
      expect(await sync({ people: [...people, last], usage })).toMatchObject({ code: null })
      await recover()
    }))

  test('When the order is reversed during the read, the list is read again and nobody counts as removed', () =>
    withSynced({ provider }, async ({ organization, behave, once, sync, recover }) => {
      behave(PAGES_OF_FIVE)
      once(nextPeople, () => (organization.people = organization.people.toReversed()))
      const { code, requestsForPeople } = await sync(organization)
      expect(code).toBe(null)
      // Two pages of the list that turned, and three of the one that did not.
      expect(requestsForPeople).toBe(2 + 3)
      await recover()
    }))

  test('When the order is reversed during every read, the sync fails after the third read', () =>
    withSynced({ provider }, async ({ organization, behave, midway, show, sync, recover }) => {
      behave(PAGES_OF_FIVE)
      midway.act = (request) => {
        if (!request.includes(nextPeople)) return
        organization.people = organization.people.toReversed()
        // Somebody else each time, so that no two readings agree.
        organization.people = [...organization.people.slice(1), ...organization.people.slice(0, 1)]
        show(organization)
      }
      const failed = { failure: 'unexpected_reply', dataSets: { directory: 'unexpected_reply' } }
      const { requestsForPeople } = await sync(failed)
      expect(requestsForPeople).toBeLessThanOrEqual(9)
      await recover()
    }))

  test('When the day changes during a sync, its window still ends with the day it started', () =>
    withSynced(
      { provider, now: new Date('2026-11-24T23:59:59.500Z') },
      async ({ organization, clock, once, sync, model, recover }) => {
        const [person] = organization.people
        once(usagePath, () => {
          clock.now = new Date('2026-11-25T00:00:07.000Z')
          organization.usage = [
            ...organization.usage,
            { day: '2026-11-25', userId: person?.id ?? null, model: 'gpt-5', ...FIVE },
          ]
        })
        expect(await sync(organization)).toMatchObject({ code: null })
        expect(model.published).toMatchObject({ window: { from: '2026-09-26', to: '2026-11-24' } })
        await recover()
        expect(model.published).toMatchObject({ window: { from: '2026-09-27', to: '2026-11-25' } })
      },
    ))

  test('With the provider’s clock ahead, already past midnight, the window ends with our day and is complete', () =>
    withSynced(
      { provider, now: new Date('2026-11-24T23:55:00.000Z'), skewMs: 10 * MINUTE },
      async ({ organization, sync, model }) => {
        expect(await sync(organization)).toMatchObject({ code: null })
        expect(model.published?.window.to).toBe('2026-11-24')
      },
    ))

  test('When all owners leave, nobody holds a guest seat, because no company domain is known', () =>
    withSynced({ provider }, async ({ organization, api, id, show, sync }) => {
      const seats = async () => {
        const { body } = await api.request('GET', `/integrations/${id}/users?sort=email&q=%40seats.`)
        return seatsOf(body)
      }
      const [owner, inside, outside] = [
        { ...newcomer(organization.people, 'seat-owner'), role: 'owner', email: 'a@seats.example' },
        { ...newcomer(organization.people, 'seat-inside'), email: 'b@seats.example' },
        { ...newcomer(organization.people, 'seat-outside'), email: 'c@seats.guest.example' },
      ]
      const others = organization.people.filter((person) => !isOwner(person))
      organization.people = [...others, owner, inside, outside]
      show(organization)
      await sync(organization)
      expect(await seats()).toEqual([
        ['member', 'owner'],
        ['member', 'company_domain'],
        ['guest', 'external_domain'],
      ])
      organization.people = [...others, inside, outside]
      show(organization)
      await sync(organization)
      expect(await seats()).toEqual([
        ['member', 'default'],
        ['member', 'default'],
      ])
    }))
})

describe('At openai:', () => {
  test('A key used after the window’s last day, while the sync ran over midnight, counts as use', () =>
    withSynced({ now: new Date('2026-11-24T23:59:59.500Z') }, async ({ organization, api, id, clock, once, sync }) => {
      once('/users', () => {
        clock.now = new Date('2026-11-25T00:00:07.000Z')
        organization.people = organization.people.map((person, index) =>
          index === 0 ? { ...person, ...PLAIN, keyLastUsedAt: Date.UTC(2026, 10, 25) / 1000 + 3 } : person,
        )
      })
      expect(await sync(organization)).toMatchObject({ code: null })
      const { body } = await api.request('GET', `/integrations/${id}/users/${organization.people[0]?.id}`)
      expect(body).toMatchObject({ lastActiveOn: '2026-11-25', lastActivitySource: 'api_key', license: 'in_use' })
    }))

  test('With OpenAI’s clock behind, still before midnight, the incomplete day fails the sync and counts in the next one', () =>
    withSynced({ now: new Date('2026-11-24T23:50:00.000Z'), skewMs: -10 * MINUTE }, async (bench) => {
      const { clock, sync, organization, recover } = bench
      clock.now = new Date('2026-11-25T00:05:00.000Z')
      expect(await sync({ failure: 'unexpected_reply', dataSets: { usage: 'unexpected_reply' } })).toMatchObject({
        code: 'unexpected_reply',
      })
      clock.now = new Date('2026-11-25T00:15:00.000Z')
      expect(await sync(organization)).toMatchObject({ code: null })
      await recover()
    }))
})

/** Rows on two days, of which the first comes on a page before those of the second. */
function twelveRows({ organization, show }: SyncedBench): void {
  organization.usage = ['2026-11-20', '2026-11-21'].flatMap((day) =>
    Array.from({ length: 6 }, (_, place) => {
      return { day, userId: 'user-1', model: `model-${place}`, ...FIVE, inputTokens: 100 - place }
    }),
  )
  show(organization)
}

describe('At anthropic, whose pages have rows: when between two pages', () => {
  test.each<[string, (usage: readonly ModelUsage[]) => readonly ModelUsage[]]>([
    ['rows come in on a day that was read', (usage) => [{ ...first(usage), model: 'new' }, ...usage]],
    [
      'a day is revised, and its rows change places',
      (usage) => usage.map((row, place) => (place === 5 ? { ...row, inputTokens: 1_000, requests: 77 } : row)),
    ],
    ['a row of a page to come is revised', (usage) => usage.with(11, { ...first(usage.toReversed()), requests: 99 })],
  ])('%s, the figures are those of afterwards', (_, revised) =>
    withSynced({ provider: 'anthropic' }, async (bench) => {
      const { organization, behave, once, sync, recover } = bench
      twelveRows(bench)
      behave(PAGES_OF_FIVE)
      once('&page=', () => (organization.usage = [...revised(organization.usage)]))
      expect(await sync(organization)).toMatchObject({ code: null })
      await recover()
    }),
  )

  test('rows come in each time, the sync fails after the third reading', () =>
    withSynced({ provider: 'anthropic' }, async (bench) => {
      const { organization, behave, midway, show, sync, recover } = bench
      twelveRows(bench)
      behave(PAGES_OF_FIVE)
      midway.act = (request) => {
        if (!request.includes('&page=')) return
        const model = `new ${organization.usage.length}`
        organization.usage = [{ ...first(organization.usage), model }, ...organization.usage]
        show(organization)
      }
      await sync({ failure: 'unexpected_reply', dataSets: { usage: 'unexpected_reply' } })
      await recover()
    }))
})

function first(usage: readonly ModelUsage[]): ModelUsage {
  const [row] = usage
  if (row === undefined) throw new Error('Nothing is used.')
  return row
}

const FIVE = { requests: 5, inputTokens: 50, cachedInputTokens: 0, outputTokens: 5 }
const PLAIN = { isServiceAccount: false, isScimManaged: false, enabled: null, banned: null }

function newcomer(people: readonly ModelPerson[], id: string): ModelPerson {
  const [first] = people
  if (first === undefined) throw new Error('The organization is empty.')
  return { ...first, ...PLAIN, id, role: 'reader' }
}

function seatsOf(body: unknown): unknown[] {
  const { items } = usersBody.parse(body)
  return items.map(({ seat }) => [seat.type, seat.reason])
}

async function withSynced(options: Misbehaviour, use: (bench: SyncedBench) => Promise<void>): Promise<void> {
  const bench = await startSynced(seed, 1, options)
  try {
    await use(bench)
  } finally {
    await bench.close()
  }
}
