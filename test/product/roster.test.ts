import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { MAX_CSV_BODY_BYTES } from '../../shared/contracts/operation.ts'
import { type Product, startProduct } from './product-bench.ts'

/** More than one item of the table holds. */
const EMPLOYEES = 5_000
const SECRET = 'Moonbase'

let product: Product
let address: string

beforeAll(async () => {
  product = await startProduct({ members: 8 }, { optionalDataSets: [] })
  await product.connect(product.organization.keys.admin)
  const { body } = await product.get('/integrations')
  await product.ended((body['items'] as { id: string }[])[0]?.id ?? '')
  address = (await listedPeople()).find(({ email }) => email !== null)?.email ?? ''
})
afterAll(() => product.close())

interface Listed {
  readonly email: string | null
  readonly department: string | null
}

async function listedPeople(): Promise<Listed[]> {
  return (await product.get('/people')).body['items'] as Listed[]
}

const put = (csv: string | Uint8Array<ArrayBuffer>) => product.request('PUT', '/roster', { csv })

test('A roster of several items is stored in the data folder, shows with people, and survives a restart', async () => {
  const others = Array.from(
    { length: EMPLOYEES - 1 },
    (_, index) => `employee.number-${index}@acme.example,Name ${index},Sales`,
  )
  const csv = ['email,name,department', `${address.toUpperCase()},,${SECRET}`, ...others].join('\r\n')
  expect(await put(csv)).toMatchObject({ status: 200, body: { entries: EMPLOYEES } })
  const departments = async () => (await listedPeople()).flatMap(({ department }) => department ?? [])
  expect(await departments()).toEqual([SECRET])
  await product.restart()
  expect(await departments()).toEqual([SECRET])
  expect((await product.get('/roster')).text.split('\r\n')).toHaveLength(EMPLOYEES + 2)
  expect(product.lines.join('\n')).not.toMatch(/Moonbase|employee\.number/i)
})

test('A compressed file is stored', async () => {
  const csv = Uint8Array.from(gzipSync(`email,department\n${address},Compressed`))
  const headers = { 'content-type': 'application/gzip' }
  expect(await product.request('PUT', '/roster', { csv, headers })).toMatchObject({ status: 200, body: { entries: 1 } })
  expect((await product.get('/roster')).text).toContain('Compressed')
})

test('A file of a spreadsheet that is not UTF-8 is refused, with the way out', async () => {
  for (const encoding of ['latin1', 'utf16le'] as const) {
    const { status, body } = await put(Uint8Array.from(Buffer.from('email,name\nzoe@acme.example,Zoë', encoding)))
    expect([status, body['errors']]).toEqual([
      400,
      [{ field: 'body', message: 'is not UTF-8: save the file as “CSV UTF-8”' }],
    ])
  }
})

test('A file that is too large is answered, also while it is still being sent', async () => {
  for (const bytes of [MAX_CSV_BODY_BYTES + 1, MAX_CSV_BODY_BYTES * 2 - 1]) {
    const { status, body } = await put(new Uint8Array(bytes).fill(10))
    expect([status, body['code']]).toEqual([413, 'request_too_large'])
  }
  expect((await product.get('/roster')).status).toBe(200)
})
