import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { explainFailure } from '../../local/output/explain-failure.ts'
import { startRollcall } from '../../local/run-local.ts'
import { type Settings, SettingsError } from '../../local/settings/settings.ts'
import { PROVIDERS } from '../../shared/providers/registry.ts'
import { rejectionOf } from '../providers/scripted-server.ts'
import { type Product, startProduct } from '../product/product-bench.ts'

const integrationsSchema = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        provider: z.string(),
        simulated: z.boolean(),
        lastSync: z.object({ state: z.string() }),
      })
      .transform(({ lastSync, ...item }) => ({ ...item, state: lastSync.state })),
  ),
})

let product: Product

describe('At its start, Rollcall', () => {
  afterEach(() => product.close())

  test('without a key connects a simulated organization of each provider, and syncs them before it is ready', async () => {
    product = await startProduct(
      { members: 1 },
      { empty: false, baseUrls: {}, optionalDataSets: ['costs'] },
      { simulatedMembers: 4 },
    )
    const said = product.lines.at(-1)
    expect(said).toMatch(/^\nRollcall is ready: http:\/\/127\.0\.0\.1:\d+\n\nOrganization .*\n/)
    for (const { name } of PROVIDERS) {
      const row = new RegExp(`^Simulated organization at ${name} +\\d+ +\\d+ +\\d+ +[\\d,]+ +[\\d,.]+ USD$`, 'm')
      expect(said).toMatch(row)
    }
    const connected = async () => integrationsSchema.parse((await product.get('/integrations')).body).items
    const before = await connected()
    expect(before).toHaveLength(PROVIDERS.length)
    for (const { id } of PROVIDERS) {
      expect(before).toContainEqual(expect.objectContaining({ provider: id, simulated: true, state: 'succeeded' }))
    }
    // Something of what the pages are for.
    expect((await product.get('/overview')).body).toMatchObject({
      outsiders: { owners: 1 },
      findings: { high: 1, byType: { external_owner: 1 } },
    })
    const { id: atOpenAi } = before.find(({ provider }) => provider === 'openai') ?? { id: '' }
    const spikes = await product.get(`/findings?type=spend_spike&integrationId=${atOpenAi}`)
    expect(spikes.body['total']).toBe(1)
    await product.restart()
    expect(await connected()).toEqual(before)
    for (const { id } of before) {
      await product.post(`/integrations/${id}/syncs`)
      expect(await product.ended(id)).toMatchObject({ trigger: 'manual', state: 'succeeded' })
    }
  })

  test('with a token names its variable in the example calls, and never prints the token', async () => {
    product = await startProduct({ members: 1 }, { tokens: [{ token: 'a-token-of-ours', role: 'admin' }] })
    expect(product.lines.join('\n')).toContain('-H "Authorization: Bearer $ROLLCALL_TOKEN"')
    expect(product.lines.join('\n')).not.toContain('a-token-of-ours')
  })

  test('reports a refused key with the fix, and keeps running', async () => {
    product = await startProduct({ members: 1 })
    const { revoked } = product.organization.keys
    await product.restart({ adminKeys: { openai: revoked }, empty: false })
    const text = product.lines.join('\n')
    expect(text).toContain('OpenAI was not connected: OpenAI did not accept the key')
    expect(text).not.toContain(revoked.slice(9, -4))
    expect((await product.get('/health')).status).toBe(200)
  })
})

describe('Rollcall does not start, and says why,', () => {
  beforeAll(async () => {
    product = await startProduct({ members: 1 })
  })
  afterAll(() => product.close())

  test('when another process uses its data folder, which keeps running', async () => {
    expect(await refusalOf({})).toBe(
      `Another Rollcall is using the data folder ${product.settings.dataDir}. Stop it first, or set ROLLCALL_DATA_DIR to another folder.`,
    )
    expect((await product.get('/health')).status).toBe(200)
  })

  test('when its data folder cannot be used', async () => {
    expect(await refusalOf({ dataDir: '/dev/null/data' })).toMatch(
      /^The data folder \/dev\/null\/data cannot be used.*$/,
    )
  })

  test('when its port is in use, and leaves its data folder free', async () => {
    const port = Number(new URL(product.url).port)
    const dataDir = join(product.folder, 'port-in-use')
    for (let start = 0; start < 2; start += 1) {
      expect(await refusalOf({ port, dataDir })).toMatch(/^The port is in use. Stop what uses it, .*$/)
    }
  })

  test('when the stored keys were encrypted with a different key', async () => {
    const dataDir = join(product.folder, 'encrypted')
    const first = await startRollcall(
      { ...product.settings, dataDir, encryptionKey: 'the first passphrase' },
      () => undefined,
    )
    await first.close()
    expect(await refusalOf({ dataDir, encryptionKey: 'another passphrase' })).toMatch(
      /^The stored Admin keys cannot be decrypted: ROLLCALL_ENCRYPTION_KEY is not .*$/,
    )
  })

  /** The terminal output when Rollcall is started with these settings while another one runs. */
  async function refusalOf(overrides: Partial<Settings>): Promise<string> {
    const lines: string[] = []
    const settings = { ...product.settings, ...overrides }
    const refusal = await rejectionOf(startRollcall(settings, (line) => lines.push(line), { lockWaitMs: 0 }))
    expect(lines).toEqual([])
    return explainFailure(refusal)
  }
})

test('An invalid setting is explained in one line, an internal error by its stack', () => {
  expect(explainFailure(new SettingsError('PORT must be a number.'))).toBe('PORT must be a number.')
  expect(explainFailure(new TypeError('a fault of ours'))).toMatch(/^TypeError: a fault of ours\n +at /)
})
