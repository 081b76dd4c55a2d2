import { afterAll, expect, test } from '@jest/globals'
import * as z from 'zod'
import { recordFigures } from './figures.ts'
import type { ModelPerson } from '../model/organization.ts'
import { counted, type Misbehaviour, startSynced, type SyncedBench } from './openai-bench.ts'
import { startSeed } from '../histories/seed.ts'

const MINUTE = 60_000
/** Of a request for a page of people after the first, and for usage. */
const NEXT_PEOPLE = 'users?limit=100&after='
const USAGE = '/usage/completions'
/** With these, 12 people come in three pages; the fifth is the first cursor. */
const PAGES_OF_FIVE = { pageSizeAtMost: 5 }

const usersBody = z.object({ items: z.array(z.object({ seat: z.object({ type: z.string(), reason: z.string() }) })) })

const seed = startSeed('openai-misbehaves-midway')

afterAll(() => {
  recordFigures('openai-misbehaves-midway', {
    'requests to OpenAI': counted.requests,
    'answers compared': counted.answers,
  })
})

test('A person who leaves after they were read is shown until the next sync', () =>
  withSynced({}, async ({ organization, behave, once, sync, recover }) => {
    behave(PAGES_OF_FIVE)
    const { people, usage } = organization
    once(NEXT_PEOPLE, () => (organization.people = people.toSpliced(1, 1)))
    expect(await sync({ people, usage })).toMatchObject({ code: null })
    await recover()
  }))

test('A person who leaves before they were read is removed by this sync', () =>
  withSynced({}, async ({ organization, behave, once, sync, recover }) => {
    behave(PAGES_OF_FIVE)
    once(NEXT_PEOPLE, () => (organization.people = organization.people.toSpliced(8, 1)))
    expect(await sync(organization)).toMatchObject({ code: null })
    await recover()
  }))

test('When the cursor’s person leaves, the list is read again and everybody else is found', () =>
  withSynced({}, async ({ organization, behave, once, sync, recover }) => {
    behave(PAGES_OF_FIVE)
    once(NEXT_PEOPLE, () => (organization.people = organization.people.toSpliced(4, 1)))
    const { people, usage } = organization
    expect(await sync({ people: people.toSpliced(4, 1), usage })).toMatchObject({ code: null })
    await recover()
  }))

test('A person who joins during the read is shown at once at the list’s end, and after the next sync at its beginning', () =>
  withSynced({}, async ({ organization, behave, once, sync, recover }) => {
    behave(PAGES_OF_FIVE)
    const { people, usage } = organization
    const [last, first] = [newcomer(people, 'user-last'), newcomer(people, 'user-first')]
    once(NEXT_PEOPLE, () => (organization.people = [first, ...people, last]))
    expect(await sync({ people: [...people, last], usage })).toMatchObject({ code: null })
    await recover()
  }))

test('When the order is reversed during the read, the list is read again and nobody counts as removed', () =>
  withSynced({}, async ({ organization, behave, once, sync, recover }) => {
    behave(PAGES_OF_FIVE)
    once(NEXT_PEOPLE, () => (organization.people = organization.people.toReversed()))
    const { code, requests } = await sync(organization)
    expect(code).toBe(null)
    // Two pages of the list that turned, three of the one that did not, and twelve of usage.
    expect(requests).toBe(2 + 3 + 12)
    await recover()
  }))

test('When the order is reversed during every read, the sync fails after the third read', () =>
  withSynced({}, async ({ organization, behave, midway, show, sync, recover }) => {
    behave(PAGES_OF_FIVE)
    midway.act = (request) => {
      if (!request.includes(NEXT_PEOPLE)) return
      organization.people = organization.people.toReversed()
      // Somebody else each time, so that no two readings agree.
      organization.people = [...organization.people.slice(1), ...organization.people.slice(0, 1)]
      show(organization)
    }
    const { requests } = await sync({ failure: 'unexpected_reply', dataSets: { directory: 'unexpected_reply' } })
    expect(requests).toBeLessThanOrEqual(9 + 12)
    await recover()
  }))

test('When the day changes during a sync, its window still ends with the day it started', () =>
  withSynced(
    { now: new Date('2026-11-24T23:59:59.500Z') },
    async ({ organization, clock, once, sync, model, recover }) => {
      const [person] = organization.people
      once(USAGE, () => {
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

test('With OpenAI’s clock ahead, already past midnight, the window ends with our day and is complete', () =>
  withSynced(
    { now: new Date('2026-11-24T23:55:00.000Z'), skewMs: 10 * MINUTE },
    async ({ organization, sync, model }) => {
      expect(await sync(organization)).toMatchObject({ code: null })
      expect(model.published?.window.to).toBe('2026-11-24')
    },
  ))

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

test('When all owners leave, nobody holds a guest seat, because no company domain is known', () =>
  withSynced({}, async ({ organization, api, id, show, sync }) => {
    const seats = async () => {
      const { body } = await api.request('GET', `/integrations/${id}/users?sort=email&q=%40seats.`)
      return seatsOf(body)
    }
    const [owner, inside, outside] = [
      { ...newcomer(organization.people, 'seat-owner'), role: 'owner', email: 'a@seats.example' },
      { ...newcomer(organization.people, 'seat-inside'), email: 'b@seats.example' },
      { ...newcomer(organization.people, 'seat-outside'), email: 'c@seats.guest.example' },
    ]
    const others = organization.people.filter((person) => person.role?.toLowerCase() !== 'owner')
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
