import { afterAll, describe, expect, test } from '@jest/globals'
import { recordFigures } from './figures.ts'
import { counted, startSynced, type Switches, type SyncedBench } from './provider-bench.ts'
import { startSeed } from '../histories/seed.ts'

/* What providers do to a sync, at OpenAI and at Anthropic. */

const seed = startSeed('provider-misbehaves')
/** Of the rules that both readings share, fewer rounds show the same. */
const ROUNDS = { openai: 10, anthropic: 4 } as const
type Provider = keyof typeof ROUNDS

afterAll(() => {
  recordFigures('provider-misbehaves', {
    'faults injected': counted.faults,
    'requests to providers': counted.requests,
    'answers compared': counted.answers,
  })
})

interface Case {
  readonly switches: Partial<Switches>
  readonly requestsAtMost: keyof (typeof REQUESTS)[Provider]
  /** Codes with which the sync may fail instead, having changed nothing. */
  readonly mayFailAs?: readonly string[]
}

const EVERY = { everyNth: 1, retryAfterSeconds: null }

/**
 * The most requests of a sync, when pages have five people and five days or rows; and when each first request fails at once, or
 * after all attempts: one for people and two for usage. Anthropic is asked which organization it is, too.
 */
const REQUESTS = {
  openai: { slow: 60, atOnce: 3, afterAllAttempts: 15, paged: 20, endless: 250 },
  anthropic: { slow: 90, atOnce: 4, afterAllAttempts: 20, paged: 21, endless: 250 },
} as const

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
  ['an end in the future is refused', slow({ futureEndRefused: true })],
]

const failed: [string, string, Case][] = [
  ['every request is told to slow down', 'provider_rate_limited', always({ rateLimit: EVERY })],
  [
    'every request is to wait an hour, longer than the run has',
    'provider_rate_limited',
    { switches: { rateLimit: { everyNth: 1, retryAfterSeconds: 3_600 } }, requestsAtMost: 'atOnce' },
  ],
  ['every request ends in a fault of its own', 'provider_unreachable', always({ serverErrorEveryNth: 1 })],
  ['every connection is reset', 'provider_unreachable', always({ resetEveryNth: 1 })],
  ['every request hangs', 'provider_unreachable', always({ hangEveryNth: 1 })],
  ['every reply ends in the middle', 'unexpected_reply', always({ truncateEveryNth: 1 })],
  ['every reply is a page of HTML', 'unexpected_reply', always({ htmlEveryNth: 1 })],
  ['the first page comes again and again', 'unexpected_reply', paged({ firstPageAgain: true })],
  [
    'empty pages come without end',
    'unexpected_reply',
    { ...paged({ endlessEmptyPages: true }), requestsAtMost: 'endless' },
  ],
  ['every token is refused', 'unexpected_reply', paged({ pageTokensRefused: true })],
  ['the key is revoked', 'invalid_admin_key', paged({ adminKeyRevoked: true })],
]

describe.each(['openai', 'anthropic'] as const)('At %s,', (provider) => {
  const rounds = Array.from({ length: ROUNDS[provider] }, (_, index) => ({ provider, round: index + 1 }))

  test.each(survived)('when %s, a sync still finds everything', async (_, { switches, mayFailAs, requestsAtMost }) => {
    for (const round of rounds) {
      await withSynced(round, async (bench) => {
        bench.change()
        bench.behave(switches)
        const { code, requests } = await bench.sync(bench.organization, mayFailAs)
        if (mayFailAs === undefined) expect(code).toBe(null)
        expect(requests).toBeLessThanOrEqual(REQUESTS[provider][requestsAtMost])
        await bench.recover()
      })
    }
  })

  test.each(failed)(
    'when %s, the sync fails as %s and changes nothing',
    async (_, code, { switches, requestsAtMost }) => {
      for (const round of rounds) {
        await withSynced(round, async (bench) => {
          bench.change()
          usesMoreThanAPage(bench)
          bench.behave(switches)
          expect((await bench.sync({ failure: code })).requests).toBeLessThanOrEqual(REQUESTS[provider][requestsAtMost])
          await bench.recover()
        })
      }
    },
  )

  test('an empty listing is never accepted, however often and late it comes', () =>
    withSynced({ provider, round: 1 }, async (bench) => {
      bench.behave({ emptyListing: true })
      for (let hours = 0; hours < 4; hours += 1) {
        bench.clock.now = new Date(bench.clock.now.getTime() + hours * 3_600_000)
        const { code } = await bench.sync({ people: [], usage: bench.organization.usage })
        expect(code).toBe('implausible_listing')
      }
      await bench.recover()
    }))

  test('a wait of more than a minute that it requests is respected', () =>
    withSynced({ provider, round: 1 }, async (bench) => {
      bench.behave({ rateLimit: { everyNth: 2, retryAfterSeconds: 75 } })
      expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
      expect(bench.pauses).toContain(75_000)
    }))
})

describe('At OpenAI,', () => {
  const rounds = Array.from(
    { length: ROUNDS.openai },
    (_, index) => ({ provider: 'openai', round: index + 1 }) as const,
  )

  test.each<[string, Partial<Switches>]>([
    ['the last token is refused', { trailingEmptyPage: true, emptyPageBeforeRefusal: true }],
    ['the order of people is another one', { directoryOrder: 'shuffled' }],
  ])('when %s, a sync still finds everything', async (_, switches) => {
    for (const round of rounds) {
      await withSynced(round, async (bench) => {
        bench.change()
        bench.behave({ pageSizeAtMost: 5, ...switches })
        const { code, requests } = await bench.sync(bench.organization)
        expect(code).toBe(null)
        expect(requests).toBeLessThanOrEqual(REQUESTS.openai.slow)
        await bench.recover()
      })
    }
  })

  test('when days without usage are omitted, a sync finds everything, or fails if requests would be lost', async () => {
    for (let round = 1; round <= 2 * ROUNDS.openai; round += 1) {
      await withSynced({ provider: 'openai', round }, async (bench) => {
        bench.change()
        bench.behave({ emptyDaysOmitted: true, pageSizeAtMost: 5 })
        const { people, usage } = bench.organization
        const { code } = await bench.sync({ people, usage, leavesOutEmptyDays: true })
        expect([null, 'unexpected_reply']).toContain(code)
        await bench.recover()
      })
    }
  })
})

test('At Anthropic, when the last token is refused, rows could be missing: the usage is not believed', async () => {
  for (let round = 1; round <= ROUNDS.anthropic; round += 1) {
    await withSynced({ provider: 'anthropic', round }, async (bench) => {
      bench.change()
      bench.behave({ trailingEmptyPage: true, emptyPageBeforeRefusal: true })
      await bench.sync({ failure: 'unexpected_reply', dataSets: { usage: 'unexpected_reply' } })
      await bench.recover()
    })
  }
})

/** Some use of six models on a day: a page of Anthropic’s has five rows. */
function usesMoreThanAPage({ organization, show }: SyncedBench): void {
  const numbers = { requests: 2, inputTokens: 30, cachedInputTokens: 10, outputTokens: 4 }
  const rows = Array.from({ length: 6 }, (_, place) => {
    return { day: '2026-11-20', userId: null, model: `model ${place}`, ...numbers }
  })
  organization.usage = [...organization.usage, ...rows]
  show(organization)
}

async function withSynced(
  { provider, round }: { readonly provider: Provider; readonly round: number },
  use: (bench: SyncedBench) => Promise<void>,
): Promise<void> {
  const bench = await startSynced(seed, round, { provider })
  try {
    await use(bench)
  } finally {
    await bench.close()
  }
}

function slow(switches: Partial<Switches>, rest: Partial<Case> = {}): Case {
  return { switches: { pageSizeAtMost: 5, ...switches }, requestsAtMost: 'slow', ...rest }
}

function always(switches: Partial<Switches>): Case {
  return { switches, requestsAtMost: 'afterAllAttempts' }
}

function paged(switches: Partial<Switches>): Case {
  return { switches: { pageSizeAtMost: 5, ...switches }, requestsAtMost: 'paged' }
}
