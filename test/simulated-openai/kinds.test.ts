import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { ask, DAY, MIDNIGHT, NOW, withOrganization } from './organization-bench.ts'

const bucketSchema = z.object({ results: z.array(z.record(z.string(), z.unknown())) })
const pageSchema = z.object({ data: z.array(bucketSchema) })

/** All results of a kind in the last ten days. */
async function resultsOf(organization: SimulatedOrganization, kind: string, groupBy: string) {
  const query = `start_time=${MIDNIGHT - 9 * DAY}&limit=31&group_by=${groupBy}`
  const { status, text } = await ask(organization, `usage/${kind}?${query}`)
  expect(status).toBe(200)
  return pageSchema.parse(JSON.parse(text)).data.flatMap(({ results }) => results)
}

const BY_MODEL = 'project_id,user_id,api_key_id,model'

describe('The simulated organization has usage of each kind, with its numbers:', () => {
  let organization: SimulatedOrganization
  beforeAll(async () => {
    organization = await startSimulatedOrganization({ members: 300, now: () => NOW })
  })
  afterAll(() => organization.close())

  test.each([
    ['embeddings', BY_MODEL, ['num_model_requests', 'input_tokens']],
    ['moderations', BY_MODEL, ['num_model_requests', 'input_tokens']],
    ['images', `${BY_MODEL},size,source`, ['num_model_requests', 'images']],
    ['audio_speeches', BY_MODEL, ['num_model_requests', 'characters']],
    ['audio_transcriptions', BY_MODEL, ['num_model_requests', 'seconds']],
    ['file_search_calls', 'project_id,user_id,api_key_id,vector_store_id', ['num_requests']],
    ['web_search_calls', `${BY_MODEL},context_level`, ['num_model_requests', 'num_requests']],
    ['vector_stores', 'project_id', ['usage_bytes']],
    ['code_interpreter_sessions', 'project_id', ['num_sessions']],
    ['decisions', `${BY_MODEL},batch,service_tier`, ['num_model_requests', 'input_tokens']],
  ])('%s', async (kind, groupBy, numbers) => {
    const results = await resultsOf(organization, kind, groupBy)
    const used = results.filter((result) => numbers.every((name) => Number(result[name]) > 0))
    expect(used.length).toBeGreaterThan(0)
    const names = groupBy.split(',').filter((name) => name !== 'batch')
    for (const name of names) expect(used.some((result) => typeof result[name] === 'string')).toBe(true)
  })

  test('images of people without completions', async () => {
    const usersOf = async (kind: string) =>
      new Set((await resultsOf(organization, kind, 'user_id')).map((result) => result['user_id']))
    const completions = await usersOf('completions')
    expect([...(await usersOf('images'))].filter((userId) => !completions.has(userId)).length).toBeGreaterThan(0)
  })
})

test('A kind can only be grouped by what it is attributed to', () =>
  withOrganization({}, async (organization) => {
    const statusOf = async (kind: string, groupBy: string) =>
      (await ask(organization, `usage/${kind}?start_time=${MIDNIGHT}&group_by=${groupBy}`)).status
    expect(await statusOf('vector_stores', 'user_id')).toBe(400)
    expect(await statusOf('file_search_calls', 'model')).toBe(400)
    expect(await statusOf('file_search_calls', 'user_id')).toBe(200)
  }))

test('Kinds are refused, have no users, or no numbers, as the switches say', () =>
  withOrganization({ members: 300 }, async (organization) => {
    organization.set({ kindsRefused: { images: 404, embeddings: 403 }, rowsWithoutUser: 1, decisionsNull: true })
    const statusOf = async (kind: string) => (await ask(organization, `usage/${kind}?start_time=${MIDNIGHT}`)).status
    expect([await statusOf('images'), await statusOf('embeddings'), await statusOf('moderations')]).toEqual([
      404, 403, 200,
    ])
    const [audio, decisions] = [
      await resultsOf(organization, 'audio_transcriptions', 'user_id'),
      await resultsOf(organization, 'decisions', 'user_id'),
    ]
    expect(new Set(audio.map((result) => result['user_id']))).toEqual(new Set([null]))
    expect(new Set(decisions.map((result) => result['num_model_requests']))).toEqual(new Set([null]))
  }))

test('A row can be added, and all replaced', () =>
  withOrganization({ members: 0, now: () => NOW }, async (organization) => {
    const { company } = organization
    const row = { userId: 'ana', model: 'gpt-image-1', requests: 2, quantity: 5 }
    company.addKindUsage({ day: '2026-11-23', kind: 'images', ...row })
    expect(await resultsOf(organization, 'images', 'user_id,model')).toMatchObject([
      { user_id: 'ana', model: 'gpt-image-1', num_model_requests: 2, images: 5 },
    ])
    company.replaceUsage([])
    expect(await resultsOf(organization, 'images', 'user_id')).toEqual([])
  }))
