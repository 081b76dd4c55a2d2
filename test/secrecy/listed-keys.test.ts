import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Switches } from '../../local/simulated-openai/switches.ts'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { type OrganizationBench, startOrganizationBench } from '../histories/organization-bench.ts'
import { inspected, tablePlaces } from './places.ts'
import { findTraces, keyTrace, type Place, type Trace } from './traces.ts'

/* Keys that OpenAI lists are not Rollcall's own. Of each, the last four characters are kept at most. */

const NOW = new Date('2026-11-24T15:30:00.000Z')

const MODES: readonly [string, Partial<Switches>][] = [
  ['masked, with their beginning shown', {}],
  ['not masked at all', { unmaskedKeys: true }],
  ['written into names and addresses, in many spellings', { keyLikeNames: true }],
  ['both unmasked and written into names', { unmaskedKeys: true, keyLikeNames: true }],
]

describe.each(MODES)('Listed keys that are %s', (_, switches) => {
  let bench: OrganizationBench
  let traces: Trace[]
  let hints: string[]
  const answers: Place[] = []
  beforeAll(async () => {
    bench = await startOrganizationBench({ now: NOW, switches: { ...switches, failingProjects: { proj_search: 500 } } })
    const { api, openAi } = bench
    Object.assign(api.dependencies, { optionalDataSets: OPTIONAL_DATA_SETS })
    openAi.company.add({ id: 'ana', email: 'ana@acme.example', name: 'Ana', role: 'owner' })
    const listed = openAi.company.projectsAt(NOW).flatMap((project) => project.keys)
    hints = listed.map(({ secret }) => secret.slice(-4))
    traces = [...listed, { id: 'the admin key', secret: openAi.adminKey }].map(({ id, secret }) => keyTrace(id, secret))
    const { id } = await bench.connect()
    await api.drain()
    const paths = [
      '',
      '/syncs',
      '/keys?limit=1000',
      '/keys?q=sk-proj',
      '/keys?format=csv',
      '/invites',
      '/invites?format=csv',
      '/users?kind=any',
      '/users?format=csv',
      '/licenses',
    ]
    for (const path of paths) {
      const { status, text } = await api.request('GET', `/integrations/${id}${path}`)
      expect([path, status]).toEqual([path, 200])
      answers.push({ name: path, text })
    }
  })
  afterAll(() => bench.close())

  test('are in no answer, item, log line or message, beyond four characters', async () => {
    expect(traces.length).toBeGreaterThan(10)
    const { places, items } = await tablePlaces(bench.api.table)
    expect(items).toBeGreaterThan(3)
    expect(places.find(({ name }) => name === 'items SNAPSHOT')?.text).toContain('key_support_1')
    const all = [
      ...answers,
      ...places,
      inspected('the log', bench.api.logged),
      inspected('what was queued', bench.api.queue),
    ]
    expect(findTraces(all, traces)).toEqual([])
  })

  test('leave a mask in each name and address that they were written into', () => {
    const isWritten = switches.keyLikeNames === true
    const text = (path: string) => answers.find(({ name }) => name === path)?.text ?? ''
    for (const [path, field] of [
      ['/keys?limit=1000', '"name":"Rollcall'],
      ['/keys?limit=1000', '"project":{"id":"proj_support","name":"Support'],
      ['/keys?limit=1000', '"kind":"service_account","id":"svc_acct_support_'],
      ['/users?kind=any', '"name":"'],
    ] as const) {
      const rest = text(path).split(field)[1] ?? ''
      expect([field, rest.slice(0, 60).includes('••••')]).toEqual([field, isWritten])
    }
    expect(text('/invites').includes('"email":"••••')).toBe(isWritten)
  })

  test('are shown by their last four characters only where OpenAI masks the others', () => {
    const text = answers.find(({ name }) => name === '/keys?limit=1000')?.text ?? ''
    expect(text).toContain('"notRead":[{"project":{"id":"proj_search"')
    expect(hints.some((hint) => text.includes(`"hint":"${hint}"`))).toBe(switches.unmaskedKeys !== true)
  })
})
