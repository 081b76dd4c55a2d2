import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { type OrganizationBench, startOrganizationBench } from '../histories/organization-bench.ts'
import { plantSignIns } from './audit-log-traces.ts'
import { inspected, tablePlaces } from './places.ts'
import { PLANTED_PEOPLE } from './planted-people.ts'
import { findTraces, type Place, type Trace } from './traces.ts'

/* Of an entry of the audit log, the user and the day are kept, and nothing else. */

const NOW = new Date('2026-11-24T15:30:00.000Z')

let bench: OrganizationBench
let traces: Trace[]
const answers: Place[] = []
beforeAll(async () => {
  bench = await startOrganizationBench({ now: NOW })
  const { api, openAi } = bench
  Object.assign(api.dependencies, { optionalDataSets: OPTIONAL_DATA_SETS })
  openAi.company.replaceAll(PLANTED_PEOPLE)
  traces = plantSignIns(openAi.company.auditLog, NOW.getTime() / 1000)
  const { id } = await bench.connect()
  await api.drain()
  // Replies that cannot be understood, and refusals, must not be repeated either.
  for (const switches of [{ htmlEveryNth: 1 }, { htmlEveryNth: null, auditLogRefused: 403 as const }]) {
    openAi.set(switches)
    await bench.queueSync(id)
    await api.drain()
  }
  for (const path of ['', '/syncs', '/users?kind=any', '/users/user-planted-1', '/users?format=csv', '/licenses']) {
    const { status, text } = await api.request('GET', `/integrations/${id}${path}`)
    expect([path, status]).toEqual([path, 200])
    answers.push({ name: path, text })
  }
})
afterAll(() => bench.close())

test('The day of a sign-in is in answers and in the table', async () => {
  expect(answers.find(({ name }) => name === '/users/user-planted-1')?.text).toContain('"lastLoginOn":"2026-11-23"')
  const { places } = await tablePlaces(bench.api.table)
  const stored = places.filter(({ text }) => /user-planted-1\W+lastLoginOn\W+2026-11-23/.test(text))
  expect(stored.map(({ name }) => name)).toEqual(['items SNAPSHOT'])
})

test('No address, IP, browser or id of an entry is in any answer, item, log line or message', async () => {
  const { places } = await tablePlaces(bench.api.table)
  const said = [inspected('the log', bench.api.logged), inspected('what was queued', bench.api.queue)]
  expect(findTraces([...answers, ...places, ...said], traces)).toEqual([])
})
