import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { listed } from '../sync/sync-bench.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'

let bench: ApiBench
beforeEach(async () => {
  bench = await startApiBench()
  bench.organization(KEY).people = [
    listed('ana', { role: 'owner', email: 'ana@müller.example' }),
    listed('bob', { email: 'bob@xn--mller-kva.example' }),
    listed('cem', { email: 'cem@MÜLLER.example' }),
    listed('eve', { email: 'eve@other.example' }),
  ]
})
afterEach(() => bench.close())

const users = z.object({ items: z.array(z.object({ id: z.string(), seat: z.object({ type: z.string() }) })) })

test.each([null, ['müller.example'], ['xn--mller-kva.example'], ['Müller.example', 'xn--mller-kva.example']])(
  'With the company domains %j, people with the domain in either spelling are members',
  async (companyDomains) => {
    const id = await bench.connected({ companyDomains })
    const { items } = users.parse((await bench.request('GET', `/integrations/${id}/users?sort=email`)).body)
    expect(items.map((user) => [user.id, user.seat.type])).toEqual([
      ['ana', 'member'],
      ['bob', 'member'],
      ['cem', 'member'],
      ['eve', 'guest'],
    ])
    const { body } = await bench.request('GET', `/integrations/${id}`)
    expect(body).toMatchObject({ counts: { members: 3, guests: 1 } })
  },
)

test('They are returned once each, as entered or as inferred', async () => {
  const id = await bench.connected()
  const domains = async (companyDomains: unknown) =>
    (await bench.request('PATCH', `/integrations/${id}`, { json: { companyDomains } })).body
  expect(await domains(['müller.example', 'xn--mller-kva.example', 'acme.example'])).toMatchObject({
    companyDomains: ['müller.example', 'acme.example'],
    counts: { members: 3, guests: 1 },
  })
  expect(await domains(['xn--mller-kva.example'])).toMatchObject({ companyDomains: ['xn--mller-kva.example'] })
  expect(await domains(null)).toMatchObject({ companyDomains: ['xn--mller-kva.example'], companyDomainsInferred: true })
})
