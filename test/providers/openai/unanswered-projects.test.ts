import { expect, test } from '@jest/globals'
import { isKey, isUnread } from '../../../shared/data-sets/keys/keys.ts'
import { EventClock, neverAnswered } from '../../fakes/event-clock.ts'
import { NOW, rejectionOf } from '../scripted-server.ts'
import { openOrganization } from './openai-bench.ts'

/** What a project answers. Null: nothing, ever. */
type Answer = (project: number, asked: number) => Response | null

/** The projects that are being asked when the thirtieth fails. */
const MEANWHILE = 5
const KEYS = { data: [{ id: 'key_1' }], has_more: false }
const status = (code: number, headers: Record<string, string> = {}) => new Response('{}', { status: code, headers })

/** Reads the keys of 200 projects. The projects are listed, and the Admin keys answered, in any case. */
async function readKeys(answer: Answer) {
  const clock = new EventClock(NOW)
  const projects = Array.from({ length: 200 }, (_, index) => ({ id: `proj_${index}`, name: `Project ${index}` }))
  const asked = new Map<number, number>()
  let requests = 0
  const fetched = async (url: URL, signal?: AbortSignal | null): Promise<Response> => {
    requests += 1
    const project = /projects\/proj_(\d+)\//.exec(url.pathname)?.[1]
    if (project === undefined) {
      return Response.json(url.pathname.endsWith('/projects') ? { data: projects, has_more: false } : KEYS)
    }
    const times = (asked.get(Number(project)) ?? 0) + 1
    asked.set(Number(project), times)
    return answer(Number(project), times) ?? neverAnswered(signal)
  }
  const { organization } = openOrganization('http://127.0.0.1:1/v1', {
    now: clock.now,
    sleep: clock.sleep,
    timeout: clock.timeout,
    fetch: (input, init) => fetched(new URL(input instanceof Request ? input.url : input), init?.signal),
  })
  const progress: string[] = []
  const reading = organization.lists.keys.read((done, total) => progress.push(`${done} of ${total}`))
  const { result, seconds } = await clock.run(reading)
  const unread = result.items.filter(isUnread).map(({ project, code }) => `${project?.id} ${code}`)
  return { read: result.items.filter(isKey).length, unread, requests, seconds, progress }
}

const answered = () => Response.json(KEYS)

test('A project that never answers is given up after 30 seconds, and the others are read', async () => {
  const found = await readKeys((project) => (project === 7 ? null : answered()))
  expect(found).toMatchObject({ read: 200, unread: ['proj_7 provider_unreachable'], seconds: 30 })
  // The list of projects, the Admin keys, 199 projects, and two attempts of one.
  expect(found.requests).toBe(2 + 199 + 2)
})

test('Progress names how many projects are read from the first one on, while one never answers, too', async () => {
  const { progress } = await readKeys((project) => (project === 7 ? null : answered()))
  expect([progress.at(0), progress.at(-2), progress.at(-1)]).toEqual(['0 of 201', '200 of 201', '201 of 201'])
})

test('When no project ever answers, the keys cost a minute and a half, and few requests more than one for each', async () => {
  const found = await readKeys(() => null)
  expect(found.read).toBe(1)
  // About 65 seconds until thirty have failed. The others have a second each, six at once.
  expect(found.seconds).toBe(90)
  // Six projects fail at once. Two more are asked twice, since fewer than three have failed when they begin.
  expect(found.requests).toBe(2 + (6 + 2) * 2 + (200 - 8))
  expect(found.unread).toHaveLength(200)
  expect(found.unread.at(-1)).toBe('proj_199 provider_unreachable')
})

test('When every project answers with a server error, each is asked a few times, for a minute and a half at most', async () => {
  const found = await readKeys(() => status(500))
  expect(found.unread).toHaveLength(200)
  expect(found.requests).toBeLessThanOrEqual(2 + (30 + MEANWHILE) * 5 + (200 - 30 - MEANWHILE) * 3)
  expect(found.seconds).toBeLessThan(90)
})

test.each([
  ['never answer', () => null],
  ['answer with a server error', () => status(500)],
])('However many projects %s, those that do answer are read', async (_, failing: () => Response | null) => {
  const found = await readKeys((project) => (project < 100 ? failing() : answered()))
  expect(found.read).toBe(1 + 100)
  expect(found.unread).toHaveLength(100)
})

test('Projects that refuse are answered at once, so any number of them leaves the others read', async () => {
  const found = await readKeys((project) => (project < 150 ? status(project % 2 === 0 ? 404 : 400) : answered()))
  expect(found).toMatchObject({ read: 51, requests: 2 + 200, seconds: 0 })
  expect(found.unread).toHaveLength(150)
})

test('Invitations that are never answered are given up after 30 seconds, and so is the list of projects', async () => {
  for (const list of ['invites', 'keys'] as const) {
    const clock = new EventClock(NOW)
    let requests = 0
    const { organization } = openOrganization('http://127.0.0.1:1/v1', {
      now: clock.now,
      sleep: clock.sleep,
      timeout: clock.timeout,
      fetch: (_input, init) => {
        requests += 1
        return neverAnswered(init?.signal)
      },
    })
    const { result, seconds } = await clock.run(rejectionOf(organization.lists[list].read()))
    expect([result, seconds, requests]).toEqual([expect.objectContaining({ code: 'provider_unreachable' }), 30, 2])
  }
})

test('A rate limit is waited for as long as it asks, within 30 seconds', async () => {
  const limited = (retryAfter: string) =>
    readKeys((_, times) => (times > 1 ? answered() : status(429, { 'retry-after': retryAfter })))
  const found = await limited('2')
  expect(found).toMatchObject({ read: 201, unread: [], requests: 2 + 200 * 2 })
  const given = await limited('60')
  expect(given).toMatchObject({ read: 1, requests: 2 + 30 + MEANWHILE, seconds: 0 })
  expect(given.unread[0]).toBe('proj_0 provider_rate_limited')
})
