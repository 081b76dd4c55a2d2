import { brotliDecompressSync } from 'node:zlib'
import { monotonicFactory } from 'ulid'
import * as z from 'zod'
import type { ApiDependencies } from '../../functions/api/api-dependencies.ts'
import { type ApiHandler, createApiHandler } from '../../functions/api/http/handler-factory.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { EMAIL_CLAIM } from '../../shared/domain/role.ts'
import { DEFAULT_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { FakeKeyStore } from '../../test/fakes/fake-key-store.ts'
import { FakeOrganization } from '../../test/fakes/fake-organization.ts'
import { FakeQueue } from '../../test/fakes/fake-queue.ts'
import { memorySigner } from '../../test/fakes/memory-signer.ts'
import { CONTEXT, eventOf, REVIEWER } from '../../test/api/api-event.ts'
import { serve, startTiming, timed } from './child.ts'
import { MEASURED_AT } from './measured-company.ts'
import { clientConfig, connectionSchema } from './table-connection.ts'
import { WriteCounter } from './write-counter.ts'

// The api function in its own process: handler and middleware, with the real client.
const callSchema = z.object({ target: z.string(), times: z.int() })
const sendSchema = z.object({ method: z.string(), target: z.string(), json: z.unknown() })
const answerSchema = z.object({ id: z.string().optional(), items: z.array(z.object({ id: z.string() })).optional() })
const BROWSER = { 'accept-encoding': 'br' }
/** Long enough for many answers at once on a slow machine. */
const getRemainingTimeInMillis = () => 600_000
let callsMade = 0
let bench: { dependencies: ApiDependencies; handler: ApiHandler; counter: WriteCounter } | undefined

const opened = () => {
  if (bench === undefined) throw new Error('The api function is not open.')
  return bench
}

serve({
  open: async (argument) => {
    const connection = connectionSchema.parse(argument)
    const client = createDocumentClient(clientConfig(connection))
    const dependencies = dependenciesOf(new Table({ client, tableName: connection.tableName }))
    bench = { dependencies, handler: createApiHandler(dependencies), counter: new WriteCounter(client) }
  },
  /** A new handler with empty caches, as after a sync whose snapshot it has never read. */
  forget: async () => {
    const { dependencies, counter } = opened()
    bench = { dependencies, counter, handler: createApiHandler(dependencies) }
  },
  /** The answer's text, and the requests to the table that it needed. */
  answer: async (argument) => {
    const { counter } = opened()
    counter.take()
    return { text: await answerTo(z.string().parse(argument)), table: counter.take() }
  },
  /**
   * Requests a compressed answer, as a browser does: an answer with 50,000 people is too large for Lambda otherwise.
   */
  answerBrowser: async (argument) => {
    await answerTo(z.string().parse(argument), BROWSER)
  },
  /** Calls in sequence; returns the total time. `{n}` in the target is a new number each time. */
  call: (argument) => {
    const { target, times } = callSchema.parse(argument)
    return timed(async () => {
      for (let done = 0; done < times; done += 1) await answerTo(target.replace('{n}', String((callsMade += 1))))
    })
  },
  send: async (argument) => {
    const { method, target, json } = sendSchema.parse(argument)
    const [path = '', query = ''] = target.split('?')
    const event = eventOf(method, { path, query }, { json, claims: REVIEWER, headers: BROWSER })
    const passed = startTiming()
    const {
      statusCode = 0,
      body = '',
      isBase64Encoded,
    } = await opened().handler(event, { ...CONTEXT, getRemainingTimeInMillis })
    const took = passed()
    const text = isBase64Encoded === true ? brotliDecompressSync(Buffer.from(body, 'base64')).toString('utf8') : body
    if (statusCode >= 300) throw new Error(`${method} ${target} was answered ${statusCode}: ${text}`)
    const { id, items = [] } = answerSchema.parse(JSON.parse(text))
    return { ...took, bytes: body.length, rawBytes: Buffer.byteLength(text), id, itemIds: items.map((item) => item.id) }
  },
  peakBytes: async () => process.resourceUsage().maxRSS * 1_024,
})

async function answerTo(target: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const [path = '', query = ''] = target.split('?')
  const event = eventOf('GET', { path, query }, { headers })
  const { statusCode, body = '' } = await opened().handler(event, { ...CONTEXT, getRemainingTimeInMillis })
  if (statusCode !== 200) throw new Error(`${target} was answered ${statusCode}.`)
  return body
}

function dependenciesOf(table: Table): ApiDependencies {
  return {
    ...createRepositories(table),
    keys: new FakeKeyStore(),
    queue: new FakeQueue(),
    openOrganization: async () => new FakeOrganization(),
    isSimulatedKey: () => false,
    schedules: [{ name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }],
    roles: [{ claim: 'role', viewer: ['viewer'], reviewer: ['reviewer'], admin: ['admin'] }],
    emailClaim: EMAIL_CLAIM,
    optionalDataSets: DEFAULT_DATA_SETS,
    findingThresholds: DEFAULT_THRESHOLDS,
    signer: memorySigner(),
    keepReviewsDays: 400,
    now: () => MEASURED_AT,
    newId: monotonicFactory(),
    logger: { info() {}, warn() {}, error() {} },
    version: '1.2.3',
  }
}
