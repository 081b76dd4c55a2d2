import { expect } from '@jest/globals'
import {
  type SimulatedOrganization as Anthropic,
  startSimulatedOrganization as startAnthropic,
} from '../../local/simulated-anthropic/server.ts'
import type { SimulatedOrganization as OpenAi } from '../../local/simulated-openai/server.ts'
import type { ModelEmployee, ModelIntegration } from '../model/company.ts'
import { Model } from '../model/model.ts'
import type { ModelOrganization } from '../model/organization.ts'
import { readAnthropic } from '../model/read-anthropic.ts'
import { readOrganization } from '../model/read-organization.ts'
import { type ModelWindow, windowAt } from '../model/rules.ts'
import { type Product, startProduct, unavailableBut } from './product-bench.ts'

/** When it starts. The month before began more than 60 days ago. */
const NOW = new Date('2026-11-30T15:30:00.000Z')
const COMPANY_DOMAINS = ['müller.example', 'northwind.example', 'acme.example']
const COST = { userId: null, projectId: null, apiKeyId: null, lineItem: null, isOnlyInTotal: false }

/** Of the other kinds of usage they have some only, as most organizations. */
const UNAVAILABLE = unavailableBut('embeddings', 'images')

/** Each person as the three organizations spell their address. Undefined where they are no member. */
const SPELLINGS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  jose: ['jose\u0301@mu\u0308ller.example', 'JOSÉ@XN--MLLER-KVA.example', ' josé@Müller.example'],
  zoe: ['Zoë@acme.example', undefined, 'zoe\u0308@ACME.EXAMPLE '],
  straße: [undefined, 'gro\u00df@acme.example', 'gross@acme.example'],
  outsider: ['dov@agency.example', 'Dov@Agency.example', undefined],
  consultant: [undefined, undefined, 'owner@elsewhere.example'],
}

/** The roster, in yet another spelling. Everybody else of the company's domains is not in it. */
const ROSTER_FILE = [
  'email,name,manager,department,endsOn',
  'José@müller.example,José,Ana,"Research, Dev",',
  'ZOE\u0308@acme.example,Zoë,José,Support,2026-11-29',
  'groß@acme.example,,,Support,2026-11-30',
].join('\r\n')
export const ROSTER: ReadonlyMap<string, ModelEmployee> = new Map([
  ['jos\u00e9@xn--mller-kva.example', { department: 'Research, Dev', manager: 'Ana', endsOn: null }],
  ['zo\u00eb@acme.example', { department: 'Support', manager: 'José', endsOn: '2026-11-29' }],
  ['gro\u00df@acme.example', { department: 'Support', manager: null, endsOn: '2026-11-30' }],
])

interface ReadIntegration extends ModelIntegration {
  readonly read: (window: ModelWindow) => Promise<ModelOrganization>
}

/** The product with three organizations of two providers, each with a model that has read the same, and with a roster. */
export async function startThreeOrganizations() {
  const clock = { now: NOW }
  const anthropic = await startAnthropic({ members: 5, now: () => clock.now })
  const product = await startProduct(
    { members: 5, now: () => clock.now, switches: { secondCurrency: 'eur', kindsRefused: UNAVAILABLE } },
    { baseUrls: {} },
    { sleep: async () => {} },
  )
  const { baseUrl, keys } = product.organization
  await product.restart({ baseUrls: { openai: baseUrl, anthropic: anthropic.baseUrl } })
  addPeople(product.organization, anthropic)
  const atOpenAi = (key: string) => (window: ModelWindow) => readOrganization({ baseUrl, key }, window, clock.now)
  const access = { baseUrl: anthropic.baseUrl, key: anthropic.keys.admin }
  const integrations: readonly ReadIntegration[] = [
    { ...(await connected(product, 'Acme', keys.admin)), read: atOpenAi(keys.admin) },
    { ...(await connected(product, 'Labs', keys.otherOrganization)), read: atOpenAi(keys.otherOrganization) },
    {
      ...(await connected(product, 'Research', anthropic.keys.admin, 'anthropic')),
      read: (window) => readAnthropic(access, window, clock.now),
    },
  ]
  for (const integration of integrations) await readAfter(product, integration)
  const file = { method: 'PUT', headers: { 'content-type': 'text/csv' }, body: ROSTER_FILE }
  expect((await fetch(`${product.url}/v1/roster`, file)).status).toBe(200)
  return {
    product,
    anthropic,
    integrations,
    clock,
    /** Syncs all of them, and has the models read the same. */
    sync: async () => {
      for (const integration of integrations) {
        expect((await product.post(`/integrations/${integration.id}/syncs`)).status).toBe(202)
        await readAfter(product, integration)
      }
    },
    /** Revokes the key of the organization at Anthropic, and syncs that. */
    revokeKey: async () => {
      anthropic.set({ adminKeyRevoked: true })
      const [integration] = integrations.filter(({ model }) => model.provider === 'anthropic')
      if (integration === undefined) throw new Error('There is no organization at Anthropic.')
      expect((await product.post(`/integrations/${integration.id}/syncs`)).status).toBe(202)
      const { model, id } = integration
      model.sync(...timesOf(await product.ended(id)), { failure: 'invalid_admin_key' })
    },
    close: async () => {
      await product.close()
      await anthropic.close()
    },
  }
}

/** With usage and costs of their own, and people without an address. */
function addPeople({ company, otherCompany }: OpenAi, anthropic: Anthropic): void {
  for (const [name, [first, second, third]] of Object.entries(SPELLINGS)) {
    const role = name === 'outsider' || name === 'consultant' ? 'owner' : 'reader'
    if (first !== undefined) company.add({ id: `user-a-${name}`, name: `${name} A`, email: first, role })
    if (second !== undefined)
      otherCompany.add({ id: `user-b-${name}`, name: `${name} B`, email: second, role: 'reader' })
    if (third !== undefined) {
      anthropic.company.add({
        id: `user_01c${name}`,
        name: `${name} C`,
        email: third,
        role: role === 'owner' ? 'admin' : 'user',
      })
    }
    otherCompany.addCost({
      ...COST,
      day: '2026-10-01',
      userId: `user-b-${name}`,
      currency: 'usd',
      units: 70_000_000_001n,
    })
    anthropic.company.addCost({ day: '2026-11-30', userId: `user_01c${name}`, units: 3_333_000_000n })
  }
  for (const each of [company, otherCompany]) each.add({ id: 'user-none', name: 'Nobody', role: 'reader' })
  anthropic.company.add({ id: 'user_01none', name: 'Nobody' })
  company.addCost({ ...COST, day: '2026-11-29', userId: 'user-none', currency: 'eur', units: 1n })
  // A spike.
  company.addCost({ ...COST, day: '2026-11-25', currency: 'usd', units: 9_000_000_000_000n })
  company.addCost({ ...COST, day: '2026-11-28', userId: 'user-gone', currency: 'usd', units: 5_000n })
  otherCompany.addUsage({
    day: '2026-11-30',
    userId: 'user-b-jose',
    model: 'gpt-5',
    requests: 3,
    inputTokens: 9,
    cachedInputTokens: 0,
    outputTokens: 1,
  })
}

async function connected(
  product: Product,
  name: string,
  adminApiKey: string,
  provider: 'openai' | 'anthropic' = 'openai',
) {
  const json = { provider, name, adminApiKey, companyDomains: COMPANY_DOMAINS }
  const { status, body } = await product.request('POST', '/integrations', { json })
  expect(status).toBe(201)
  const model = new Model({ provider })
  model.companyDomains = COMPANY_DOMAINS
  return { id: String(body['id']), name, model }
}

/** Waits for a sync, and has the model sync what is known then. */
async function readAfter(product: Product, { id, model, read }: ReadIntegration): Promise<void> {
  const sync = await product.ended(id)
  expect(sync).toMatchObject({ state: 'succeeded' })
  expect(JSON.stringify(sync['dataSets'])).not.toContain('failed')
  const [ids, times] = timesOf(sync)
  model.sync(ids, times, await read(windowAt(times.startedMs)))
}

function timesOf(sync: Record<string, unknown>) {
  const times = { startedMs: Date.parse(String(sync['startedAt'])), endedMs: Date.parse(String(sync['finishedAt'])) }
  return [{ id: String(sync['id']), trigger: String(sync['trigger']) }, times] as const
}
