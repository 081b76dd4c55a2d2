import { afterAll, beforeAll, expect, test } from '@jest/globals'
import * as z from 'zod'
import { keysOf } from '../../local/simulated-openai/access.ts'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { plantSignIns } from '../secrecy/audit-log-traces.ts'
import { startEchoingOpenAi } from '../secrecy/echoing-openai.ts'
import { ENCODINGS } from '../secrecy/encodings.ts'
import type { Heard } from '../e2e/api-client.ts'
import { LocalRun } from '../secrecy/local-run.ts'
import { mislaidKeys } from '../secrecy/mislaid-keys.ts'
import { PLANTED_PEOPLE, peopleTraces } from '../secrecy/planted-people.ts'
import { findTraces, keyTrace, type Place, type Trace } from '../secrecy/traces.ts'
import { waitUntil } from '../watchdog.ts'
import { recordFigures } from './figures.ts'

const TOKEN = keysOf('the token').admin.slice('sk-admin-'.length)
const PASSPHRASE = keysOf('the passphrase').admin.slice('sk-admin-'.length)
const SEARCHED = 'searched-for-by-somebody'
const FAILING_SYNCS = 12
const idSchema = z.object({ id: z.string() })
const stateSchema = z.object({ lastSync: z.object({ state: z.string() }) })

let organization: SimulatedOrganization
let openAi: Awaited<ReturnType<typeof startEchoingOpenAi>>
let run: LocalRun
let integrationId: string
let keys: Trace[]
let entries: Trace[]
const answers: Place[] = []
let said: Place[]
let wrote: Awaited<ReturnType<LocalRun['wrote']>>

beforeAll(async () => {
  organization = await startSimulatedOrganization({ members: 60, seed: 'secrecy' })
  for (const person of PLANTED_PEOPLE) organization.company.add(person)
  entries = plantSignIns(organization.company.auditLog, Math.floor(Date.now() / 1000))
  openAi = await startEchoingOpenAi(organization)
  run = new LocalRun(
    {
      ROLLCALL_TOKEN: `admin:${TOKEN}`,
      ROLLCALL_ENCRYPTION_KEY: PASSPHRASE,
      OPENAI_BASE_URL: openAi.baseUrl,
      OPENAI_ADMIN_KEY: organization.keys.revoked,
      ROLLCALL_DATA_SETS: OPTIONAL_DATA_SETS.join(','),
    },
    { token: TOKEN },
  )
  await run.start()
  integrationId = idSchema.parse(JSON.parse((await connect('Acme', organization.keys.admin)).text)).id
  await untilEnded()
  await tryEveryFailingKey()
  await mislayKeys()
  await failSyncs()
  await readEverything()
  await killInTheMiddle()
  await run.stop()
  said = run.said()
  wrote = await run.wrote()
  keys = plantedKeys()
})
afterAll(async () => {
  await run.close()
  await openAi.close()
  await organization.close()
})

test('No key, token or passphrase is in any answer, for any input and any reply of OpenAI', () => {
  expect(answers.length).toBeGreaterThan(100)
  expect(findTraces(answers, keys)).toEqual([])
})

test('No key, token or passphrase is in the output of the processes', () => {
  expect(said.map(({ text }) => text).join('\n')).toMatch(/OpenAI was not connected(.|\n)*Rollcall is ready/)
  expect(findTraces(said, keys)).toEqual([])
})

test('No key, token or passphrase is in any file or item; the key store contains no clear text', () => {
  expect(wrote.files.map(({ name }) => name)).toContain(`file keys/${integrationId}.json`)
  expect(wrote.tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'items AUDIT',
      'items INTEGRATIONS',
      'items NAMES',
      'items SNAPSHOT',
      'items SYNCS',
      'items USERS',
    ]),
  )
  expect(findTraces([...wrote.files, ...wrote.tables], keys)).toEqual([])
})

test('Of an entry of the audit log, only user and day are in answers, output, files and items', () => {
  const text = answers.find(({ name }) => name.includes('/users?limit=1000'))?.text ?? ''
  expect(text).toMatch(/"id":"user-planted-1".{0,400}"lastLoginOn":"2/)
  expect(findTraces([...answers, ...said, ...wrote.files, ...wrote.tables], entries)).toEqual([])
})

test('People are in the answers and in the table, but not in the output', () => {
  const traces = peopleTraces(SEARCHED)
  const names = new Set(traces.filter(({ name }) => name !== 'the search').map(({ name }) => name))
  const seen = (places: readonly Place[]) => new Set(findTraces(places, traces).map(({ trace }) => trace))
  expect(seen(answers).intersection(names)).toEqual(names)
  expect(seen(wrote.tables)).toEqual(names)
  expect(findTraces(said, traces)).toEqual([])
  recordFigures('secrecy', {
    'answers searched for keys': answers.length,
    'files searched for keys': wrote.files.length,
    'items searched for keys': wrote.items,
    'keys planted': keys.length,
    'encodings looked for': ENCODINGS.length,
  })
})

function note(what: string, { text, headers }: Heard): void {
  answers.push({ name: `answer to ${what}`, text: `${headers}\n${text}` })
}

function sendJson(method: string, path: string, json: unknown): Promise<Heard> {
  return run.api.send(method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) })
}

async function connect(name: string, adminApiKey: string): Promise<Heard> {
  const heard = await sendJson('POST', '/integrations', { provider: 'openai', name, adminApiKey })
  note(`connecting ${name}`, heard)
  return heard
}

/** Every kind of key that does not do, as OpenAI refuses it in every way, and every way of repeating it. */
async function tryEveryFailingKey(): Promise<void> {
  const { admin: _, nextAdmin: _other, otherOrganization: _third, ...failing } = organization.keys
  for (const switches of [
    { permissionStatus: 401, bareStringErrors: false },
    { permissionStatus: 403, bareStringErrors: true, expiredKeyAs: 'api_key_expired' },
  ] as const) {
    organization.set(switches)
    await Promise.all(Object.entries(failing).map(([kind, key]) => tryKey(kind, key)))
  }
  await Promise.all(Object.entries(openAi.keys).map(([name, key]) => tryKey(name, key)))
}

async function tryKey(kind: string, key: string): Promise<void> {
  const checked = await sendJson('POST', '/key-checks', { provider: 'openai', adminApiKey: key })
  expect([kind, checked.status, JSON.parse(checked.text)]).toMatchObject([kind, 200, { valid: false }])
  note(`checking ${kind}`, checked)
  const refused = await connect(kind.slice(0, 60), key)
  expect({ kind, isRefused: [422, 503].includes(refused.status) }).toEqual({ kind, isRefused: true })
  note(`setting ${kind}`, await sendJson('PATCH', `/integrations/${integrationId}`, { adminApiKey: key }))
}

async function mislayKeys(): Promise<void> {
  for (const { name, method, path, headers, body } of mislaidKeys(integrationId, organization.keys.nextAdmin)) {
    note(name, await run.api.send(method, path, { headers, body }))
  }
}

/** Syncs under the integration's own key, answered in every way that repeats it. */
async function failSyncs(): Promise<void> {
  for (const name of Object.keys(openAi.keys).slice(0, FAILING_SYNCS)) {
    openAi.answerAll(name)
    note(`a sync that gets ${name}`, await run.api.send('POST', `/integrations/${integrationId}/syncs`))
    await untilEnded()
    note(`the failed sync that got ${name}`, await run.api.send('GET', `/integrations/${integrationId}`))
  }
  openAi.answerAll(undefined)
  await run.api.send('POST', `/integrations/${integrationId}/syncs`)
  await untilEnded()
}

async function readEverything(): Promise<void> {
  const lists = ['/keys?limit=1000', '/keys?format=csv', '/invites']
  const below = ['', '/syncs', '/users?limit=1000', '/users?format=csv', '/usage?groupBy=user', '/licenses', ...lists]
  const searches = ['', '&format=csv'].map((format) => `/users?q=${SEARCHED}${format}`)
  const paths = [...below, ...searches].map((path) => `/integrations/${integrationId}${path}`)
  for (const path of ['/integrations', '/audit-events?limit=1000', '/me', '/openapi.json', ...paths]) {
    const heard = await run.api.send('GET', path)
    expect([path, heard.status]).toEqual([path, 200])
    note(path, heard)
  }
}

async function killInTheMiddle(): Promise<void> {
  // The keys of the last sync are in their names, and not masked.
  organization.set({ latencyMs: 2_000, keyLikeNames: true, unmaskedKeys: true })
  const before = organization.requests.length
  await run.api.send('POST', `/integrations/${integrationId}/syncs`)
  await waitUntil('the sync to read', () => organization.requests.length > before)
  await run.kill()
  organization.set({ latencyMs: 0 })
  await run.start()
  await untilEnded()
  await readEverything()
}

async function untilEnded(): Promise<void> {
  await waitUntil('the newest sync to end', async () => {
    const { text } = await run.api.send('GET', `/integrations/${integrationId}`)
    const { state } = stateSchema.parse(JSON.parse(text)).lastSync
    return state === 'succeeded' || state === 'failed'
  })
}

function plantedKeys(): Trace[] {
  const named = { ...organization.keys, ...openAi.keys, token: TOKEN, passphrase: PASSPHRASE }
  const mislaid = mislaidKeys(integrationId, organization.keys.nextAdmin).map(({ name, key }) => keyTrace(name, key))
  expect(mislaid.length).toBeGreaterThan(40)
  const listed = organization.company.projectsAt(new Date()).flatMap((project) => project.keys)
  expect(listed.length).toBeGreaterThan(10)
  const ofProjects = listed.map(({ id, secret }) => keyTrace(id, secret))
  return [...ofProjects, ...Object.entries(named).map(([name, key]) => keyTrace(name, key)), ...mislaid]
}
