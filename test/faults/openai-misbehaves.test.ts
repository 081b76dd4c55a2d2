import { afterAll, expect, test } from '@jest/globals'
import type { Switches } from '../../local/simulated-openai/switches.ts'
import { recordFigures } from './figures.ts'
import { counted, startSynced, type SyncedBench } from './openai-bench.ts'
import { startSeed } from '../histories/seed.ts'

const seed = startSeed('openai-misbehaves')
const ROUNDS = 10

afterAll(() => {
  recordFigures('openai-misbehaves', {
    'faults injected': counted.faults,
    'requests to OpenAI': counted.requests,
    'answers compared': counted.answers,
  })
})

interface Case {
  readonly switches: Partial<Switches>
  /** Requests that one sync may take. 12 people in pages of 5 are three pages, 60 days in pages of 20 four. */
  readonly requestsAtMost: number
  /** Codes with which the sync may fail instead, having changed nothing. */
  readonly mayFailAs?: readonly string[]
}

const EVERY = { everyNth: 1, retryAfterSeconds: null }
/** The most attempts of the first request for people and of both first ones for usage. */
const ALL_ATTEMPTS = 15

const survived: [string, Case][] = [
  ['every third request is told to slow down', slow({ rateLimit: { everyNth: 3, retryAfterSeconds: null } })],
  ['every fifth request is to wait 90 seconds', slow({ rateLimit: { everyNth: 5, retryAfterSeconds: 90 } })],
  ['every third request ends in a fault of its own', slow({ serverErrorEveryNth: 3 })],
  ['every third connection is reset', slow({ resetEveryNth: 3 })],
  ['every fifth request hangs', slow({ hangEveryNth: 5 })],
  ['every third reply ends in the middle', slow({ truncateEveryNth: 3 })],
  ['every third reply is a page of HTML', slow({ htmlEveryNth: 3 })],
  [
    'refusals, faults, resets, half replies and HTML come together',
    slow(
      {
        rateLimit: { everyNth: 7, retryAfterSeconds: 1 },
        serverErrorEveryNth: 11,
        resetEveryNth: 13,
        truncateEveryNth: 17,
        htmlEveryNth: 19,
      },
      { mayFailAs: ['provider_rate_limited', 'provider_unreachable', 'unexpected_reply'] },
    ),
  ],
  ['ids come twice and empty pages in between', slow({ duplicateIds: true, emptyPagesWithToken: true })],
  ['the last token is refused', slow({ trailingEmptyPage: true, emptyPageBeforeRefusal: true })],
  ['the order of people is another one', slow({ directoryOrder: 'shuffled' })],
  ['an end in the future is refused', slow({ futureEndRefused: true })],
]

test.each(survived)('When %s, a sync still finds everything', async (_, { switches, mayFailAs, requestsAtMost }) => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    await withSynced(round, async (bench) => {
      bench.change()
      bench.behave(switches)
      const { code, requests } = await bench.sync(bench.organization, mayFailAs)
      if (mayFailAs === undefined) expect(code).toBe(null)
      expect(requests).toBeLessThanOrEqual(requestsAtMost)
      await bench.recover()
    })
  }
})

const failed: [string, string, Case][] = [
  [
    'every request is told to slow down',
    'provider_rate_limited',
    { switches: { rateLimit: EVERY }, requestsAtMost: 15 },
  ],
  [
    'every request is to wait an hour, longer than the run has',
    'provider_rate_limited',
    { switches: { rateLimit: { everyNth: 1, retryAfterSeconds: 3_600 } }, requestsAtMost: 3 },
  ],
  ['every request ends in a fault of its own', 'provider_unreachable', always({ serverErrorEveryNth: 1 })],
  ['every connection is reset', 'provider_unreachable', always({ resetEveryNth: 1 })],
  ['every request hangs', 'provider_unreachable', always({ hangEveryNth: 1 })],
  ['every reply ends in the middle', 'unexpected_reply', always({ truncateEveryNth: 1 })],
  ['every reply is a page of HTML', 'unexpected_reply', always({ htmlEveryNth: 1 })],
  ['the first page comes again and again', 'unexpected_reply', paged({ firstPageAgain: true })],
  ['empty pages come without end', 'unexpected_reply', { ...paged({ endlessEmptyPages: true }), requestsAtMost: 250 }],
  ['every token is refused', 'unexpected_reply', paged({ pageTokensRefused: true })],
  ['the key is revoked', 'invalid_admin_key', paged({ adminKeyRevoked: true })],
]

test.each(failed)(
  'When %s, the sync fails as %s and changes nothing',
  async (_, code, { switches, requestsAtMost }) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await withSynced(round, async (bench) => {
        bench.change()
        bench.behave(switches)
        expect((await bench.sync({ failure: code })).requests).toBeLessThanOrEqual(requestsAtMost)
        await bench.recover()
      })
    }
  },
)

test('An empty listing is never accepted, however often and late it comes', () =>
  withSynced(1, async (bench) => {
    bench.behave({ emptyListing: true })
    for (let hours = 0; hours < 4; hours += 1) {
      bench.clock.now = new Date(bench.clock.now.getTime() + hours * 3_600_000)
      const { code } = await bench.sync({ people: [], usage: bench.organization.usage })
      expect(code).toBe('implausible_listing')
    }
    await bench.recover()
  }))

test('When days without usage are omitted, a sync finds everything, or fails if requests would be lost', async () => {
  for (let round = 1; round <= 2 * ROUNDS; round += 1) {
    await withSynced(round, async (bench) => {
      bench.change()
      bench.behave({ emptyDaysOmitted: true, pageSizeAtMost: 5 })
      const { people, usage } = bench.organization
      const { code } = await bench.sync({ people, usage, leavesOutEmptyDays: true })
      expect([null, 'unexpected_reply']).toContain(code)
      await bench.recover()
    })
  }
})

test('A wait of more than a minute that OpenAI requests is respected', () =>
  withSynced(1, async (bench) => {
    bench.behave({ rateLimit: { everyNth: 2, retryAfterSeconds: 75 } })
    expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
    expect(bench.pauses).toContain(75_000)
  }))

async function withSynced(round: number, use: (bench: SyncedBench) => Promise<void>): Promise<void> {
  const bench = await startSynced(seed, round)
  try {
    await use(bench)
  } finally {
    await bench.close()
  }
}

function slow(switches: Partial<Switches>, rest: Partial<Case> = {}): Case {
  return { switches: { pageSizeAtMost: 5, ...switches }, requestsAtMost: 60, ...rest }
}

function always(switches: Partial<Switches>): Case {
  return { switches, requestsAtMost: ALL_ATTEMPTS }
}

function paged(switches: Partial<Switches>): Case {
  return { switches: { pageSizeAtMost: 5, ...switches }, requestsAtMost: 20 }
}
