import { zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import { ENCODINGS } from '../secrecy/encodings.ts'
import { type MislaidKey, mislaidKeys } from '../secrecy/mislaid-keys.ts'
import { peopleTraces, PLANTED_PEOPLE } from '../secrecy/planted-people.ts'
import { findTraces, keyTrace, type Place, personTrace, type Trace } from '../secrecy/traces.ts'
import type { Deployment } from './deployment.ts'
import { allLogs } from './logs.ts'
import type { People } from './signing-in.ts'
import { expect } from './step.ts'

const SEARCHED = 'searched-for-by-somebody'

const itemsSchema = z.object({
  Items: z.array(z.record(z.string(), z.record(z.string(), z.unknown()))),
  LastEvaluatedKey: z.unknown().optional(),
})

/** What was planted, and what the product has said and written so far. */
export interface Provoked {
  readonly keys: readonly Trace[]
  readonly answers: readonly Place[]
  readonly items: readonly Place[]
}

/** Sends keys where none belong, tries every kind that does not do, and reads everybody: all with the table as it is then. */
export async function provokeLeaks(deployment: Deployment, people: People, id: string): Promise<Provoked> {
  const { organization, anthropic } = deployment
  const { admin: _, nextAdmin, otherOrganization: _other, ...failing } = organization.keys
  const answers: Place[] = []
  const note = async (
    name: string,
    method: string,
    path: string,
    sent: Pick<Partial<MislaidKey>, 'headers' | 'body'>,
  ) => {
    const { headers, text } = await people.admin.send(method, path, sent)
    answers.push({ name: `answer to ${name}`, text: `${headers}\n${text}` })
  }
  const mislaid = mislaidKeys(id, nextAdmin)
  for (const { name, method, path, ...sent } of mislaid) await note(name, method, path, sent)
  const headers = { 'content-type': 'application/json' }
  for (const [kind, adminApiKey] of Object.entries(failing)) {
    const body = JSON.stringify({ provider: 'openai', name: kind, adminApiKey })
    await note(`connecting ${kind}`, 'POST', '/integrations', { headers, body })
  }
  const lists = ['/keys?limit=1000', '/keys?format=csv', '/invites']
  for (const path of [
    '/users?limit=1000',
    '/users?format=csv',
    `/users?q=${SEARCHED}`,
    '/usage?groupBy=user',
    ...lists,
  ]) {
    await note(path, 'GET', `/integrations/${id}${path}`, {})
  }
  await note('the audit', 'GET', '/audit-events?limit=1000', {})
  const listed = organization.company.projectsAt(new Date()).flatMap((project) => project.keys)
  const projectKeys = listed.map(({ id: name, secret: key }) => ({ name, key }))
  const own = [...Object.entries(organization.keys), ...Object.entries(anthropic.keys)].map(([name, key]) => ({
    name,
    key,
  }))
  const workspaceKeys = anthropic.company.keysAt(new Date()).map(({ id: name, secret: key }) => ({ name, key }))
  const keys = [...mislaid, ...projectKeys, ...workspaceKeys, ...own]
  return { keys: keys.map(({ name, key }) => keyTrace(name, key)), answers, items: await tablePlaces(deployment) }
}

/** No key stands anywhere but in the key store; no person in anything that was logged, measured, queued or printed. */
export async function checkSecrecy(deployment: Deployment, { keys, answers, items }: Provoked): Promise<void> {
  const { bench, organization } = deployment
  const said = await saidPlaces(deployment)
  const log = said[0]?.text ?? ''
  expect(log.includes('Answered a request'), 'The api’s log is empty: nothing was looked through.')
  const planted = peopleTraces(SEARCHED)
  const seen = (places: readonly Place[]) => new Set(findTraces(places, planted).map(({ trace }) => trace)).size
  const inData = Math.min(seen(items), seen(answers))
  expect(inData === 2 * PLANTED_PEOPLE.length, `Of the planted names and emails, ${inData} are in table and answers.`)

  const everybody = organization.company
    .usersAt(new Date())
    .flatMap(({ id, name, email }) =>
      [name, email]
        .filter((value) => typeof value === 'string' && value.length > 0)
        .map((value) => personTrace(`the name or email of ${id}`, String(value))),
    )
  const later = [...(await tablePlaces(deployment)), ...items, ...answers]
  const findings = [...findTraces([...said, ...later], keys), ...findTraces(said, [...planted, ...everybody])]
  expect(findings.length === 0, `There is what must not be:\n${JSON.stringify(findings, null, 2)}`)
  bench.say(
    `${log.split('\n').length} log events, metrics, messages, all output, every item and ${answers.length} answers: none of ` +
      `${keys.length} keys in any of ${ENCODINGS.length} encodings; of ${everybody.length} names and emails, none outside table and answers`,
  )
}

/** The functions' and the API's logs first; metrics, alarms, messages; and what the emulator and all in it have printed. */
async function saidPlaces(deployment: Deployment): Promise<Place[]> {
  const { aws, printed, template, physicalId } = deployment
  const metrics = await aws.call('cloudwatch', 'list_metrics', {}, z.unknown())
  const alarms = await aws.call('cloudwatch', 'describe_alarms', {}, z.unknown())
  const messages = await Promise.all(
    template.all('AWS::SQS::Queue').map(async ({ logicalId }) => {
      const parameters = { QueueUrl: await physicalId(logicalId), MaxNumberOfMessages: 10, VisibilityTimeout: 0 }
      return aws.call('sqs', 'receive_message', parameters, z.unknown())
    }),
  )
  return [
    { name: 'the logs', text: (await allLogs(deployment)).join('\n') },
    { name: 'metrics and alarms', text: JSON.stringify([metrics, alarms]) },
    { name: 'messages', text: JSON.stringify(messages) },
    { name: 'what was printed', text: printed() },
  ]
}

/** Every item of the table; what is compressed in it, unpacked. */
async function tablePlaces({ aws, template, physicalId }: Deployment): Promise<Place[]> {
  const TableName = await physicalId(template.one('AWS::DynamoDB::Table', 'Storage').logicalId)
  const places: Place[] = []
  let start: unknown
  do {
    const parameters = { TableName, ...(start !== undefined && { ExclusiveStartKey: start }) }
    const page = await aws.call('dynamodb', 'scan', parameters, itemsSchema)
    places.push({ name: 'items', text: JSON.stringify(page.Items, unpacked) })
    start = page.LastEvaluatedKey
  } while (start !== undefined)
  return places
}

/** Binary values come under `B`, in base64. */
function unpacked(attribute: string, value: unknown): unknown {
  if (attribute !== 'B' || typeof value !== 'string') return value
  return zstdDecompressSync(Buffer.from(value, 'base64')).toString('utf8')
}
