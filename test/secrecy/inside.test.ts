import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createSecretsClient, SecretsKeyWriter } from '../../shared/aws/secrets-key-store.ts'
import { createMetrics } from '../../shared/aws/metrics.ts'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { checkKey } from '../../shared/providers/check-key.ts'
import { HttpClient } from '../../shared/providers/http/http-client.ts'
import { openAiDialect } from '../../shared/providers/openai/dialect.ts'
import { openai } from '../../shared/providers/openai/openai.ts'
import { KeyFiles } from '../../local/services/key-files.ts'
import { keysOf } from '../../local/simulated-openai/access.ts'
import { type ApiBench, KEY as BENCH_KEY, startApiBench } from '../api/api-bench.ts'
import { startAwsServer } from '../aws/aws-server.ts'
import { printedLines } from '../aws/printed-lines.ts'
import { openOrganization } from '../providers/openai/openai-bench.ts'
import { NOW, rejectionOf } from '../providers/scripted-server.ts'
import { startEchoingOpenAi } from './echoing-openai.ts'
import { mislaidKeys } from './mislaid-keys.ts'
import { inspected } from './places.ts'
import { findTraces, keyTrace, personTrace, type Place } from './traces.ts'
import { listed } from '../sync/sync-bench.ts'

const KEY = keysOf('inside').admin
const INTEGRATION_ID = '01KAVJ2Q8ZC4T0M6W3X5Y7R9NB'

test('The detector finds a key in an inspected object that contains it', () => {
  const careless = Object.assign(new Error('refused'), { request: { headers: { authorization: `Bearer ${KEY}` } } })
  expect(findTraces([inspected('careless', careless)], [keyTrace('planted', KEY)])).toHaveLength(1)
})

describe('Complete inspection shows no key in:', () => {
  test('a key, the OpenAI client that holds it, and every error for OpenAI’s replies', async () => {
    const nobody = { baseUrl: 'http://127.0.0.1:1/v1' }
    const openAi = await startEchoingOpenAi(nobody)
    const places: Place[] = []
    for (const [name, secret] of Object.entries(openAi.keys)) {
      const key = new AdminApiKey(secret)
      const { organization } = openOrganization(openAi.baseUrl, { key })
      const client = new HttpClient(openAiDialect, { baseUrl: openAi.baseUrl, key, deadline: NOW })
      places.push(inspected('the key', key), inspected('the client', [organization, client]))
      places.push(inspected(`after ${name}`, await rejectionOf(organization.directory.read())))
      places.push(inspected(`checked: ${name}`, await checkKey(openai, organization, NOW)))
    }
    await openAi.close()
    const traces = Object.entries(openAi.keys).map(([name, key]) => keyTrace(name, key))
    expect(traces.length).toBeGreaterThan(10)
    expect(findTraces(places, traces)).toEqual([])
  })

  test('the error when OpenAI does not answer', async () => {
    const { organization } = openOrganization('http://127.0.0.1:1/v1', { key: new AdminApiKey(KEY) })
    const error = await rejectionOf(organization.directory.read())
    expect(findTraces([inspected('refused', error)], [keyTrace('planted', KEY)])).toEqual([])
  })

  test('the error and its log line when Secrets Manager repeats its input', async () => {
    for (const name of ['ValidationException', 'InvalidRequestException', 'ResourceNotFoundException']) {
      const server = await startAwsServer((call, sent) =>
        call === 'CreateSecret' ? { error: name, message: JSON.stringify(sent) } : { body: {} },
      )
      const writer = new SecretsKeyWriter({
        client: createSecretsClient({ ...server.config, maxAttempts: 1 }),
        prefix: 'Test/admin-keys',
        tags: {},
        pauseMs: 1,
      })
      const error = await rejectionOf(writer.putKey(INTEGRATION_ID, 1, new AdminApiKey(KEY)))
      await server.close()
      const logged = JSON.stringify(printedLines(() => createJsonLogger('Test').error('A request failed.', error)))
      const places = [inspected('the error', error), { name: 'its line', text: logged }]
      expect(findTraces(places, [keyTrace('planted', KEY)])).toEqual([])
      // What an operator needs to find the cause is there all the same.
      expect(logged).toContain(name)
      expect(logged).toContain(INTEGRATION_ID)
    }
  })

  test('the key files of one machine, which hold the key that encrypts the others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const files = await KeyFiles.open(folder, undefined)
    const generated = Buffer.from(readFileSync(join(folder, 'encryption.key'), 'utf8'), 'base64')
    await files.putKey(INTEGRATION_ID, 1, new AdminApiKey(KEY))
    const { text } = inspected('the files', files)
    rmSync(folder, { recursive: true })
    const bytes = [...generated].map((byte) => byte.toString(16).padStart(2, '0')).slice(0, 12)
    expect(text).not.toContain(bytes.join(' '))
    expect(findTraces([{ name: 'the files', text }], [keyTrace('planted', KEY)])).toEqual([])
  })
})

describe('The functions as they run on AWS', () => {
  const SEARCHED = 'Quetzalcoatl Plant'
  const people = [
    personTrace('a name', 'Wilhelmina Plantagenet'),
    personTrace('an email', 'wilhelmina@planted.example'),
    personTrace('a search', SEARCHED),
    personTrace('a caller', 'Adaline Auditor'),
  ]
  const claims = { sub: 'admin-1', name: 'Adaline Auditor', role: 'admin' }
  let bench: ApiBench
  let mislaid: ReturnType<typeof mislaidKeys>
  const answers: Place[] = []

  beforeAll(async () => {
    bench = await startApiBench()
    bench.organization().people = [
      ...bench.organization().people,
      listed('planted', { name: 'Wilhelmina Plantagenet', email: 'wilhelmina@planted.example' }),
    ]
    const id = await bench.connected({ adminApiKey: BENCH_KEY })
    mislaid = mislaidKeys(id, BENCH_KEY)
    for (const { name, method, path, headers, body } of mislaid) {
      const sent = { claims, headers, ...(body !== undefined && { raw: body }) }
      answers.push({ name, text: JSON.stringify(await bench.request(method, path, sent)) })
    }
    const search = `users?q=${encodeURIComponent(SEARCHED)}`
    const targets = ['users', 'users/planted', search, `${search}&format=csv`, 'users?format=csv', 'usage']
    for (const target of targets) {
      const { text } = await bench.request('GET', `/integrations/${id}/${target}`, { claims })
      answers.push({ name: target, text })
    }
    expect((await bench.request('POST', `/integrations/${id}/syncs`, { claims })).status).toBe(202)
  })
  afterAll(() => bench.close())

  test('write no key and no person in any log line, metric or message, at any level and in any field', () => {
    const metrics = printedLines(() => createMetrics('Test')('integrationsNeedingAction', 1))
    const places = [
      inspected('what was logged', bench.logged),
      { name: 'the metrics', text: JSON.stringify(metrics) },
      inspected('the messages', bench.queue.messages),
    ]
    expect(bench.queue.messages.length).toBeGreaterThan(0)
    expect(places.map(({ text }) => text).join('')).toContain('Answered a request.')
    const keys = [...mislaid.map(({ name, key }) => keyTrace(name, key)), keyTrace('good', BENCH_KEY)]
    expect(findTraces(places, [...keys, ...people])).toEqual([])
    expect(findTraces(answers, keys)).toEqual([])
    expect(findTraces(answers, people).map(({ trace }) => trace)).toEqual(
      expect.arrayContaining(['a name', 'an email']),
    )
  })
})
