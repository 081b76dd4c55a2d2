import { expect, test } from '@jest/globals'
import readExcelFile from 'read-excel-file/universal'
import { stringify } from 'csv-stringify/sync'
import { peopleWorkbook } from '../../dashboard/src/pages/people/people-workbook.ts'

const ROW = {
  personId: 'p-ana',
  email: 'ana@acme.example',
  name: 'Ana',
  department: 'Research',
  manager: 'zoe@acme.example',
  organizations: '2',
  integrationId: 'i-1',
  integrationName: 'Acme Europe',
  provider: 'openai',
  userId: 'u-1',
  role: 'owner',
  accountStatus: 'active',
  seatType: 'member',
  seatReason: 'company_domain',
  license: 'in_use',
  lastActiveOn: '2026-11-23',
  requests: '12',
  cost: '0.1',
  currency: 'USD',
  keys: '2',
}
const LABS = { integrationName: "'=Labs", userId: 'u-2', lastActiveOn: '2026-11-24', requests: '30', cost: '0.2' }
const ZOE = {
  personId: 'p-zoe',
  email: '',
  name: '',
  department: '',
  manager: '',
  organizations: '1',
  lastActiveOn: '',
}

async function sheetOf(sheet: string, rows: readonly Partial<typeof ROW>[]) {
  const csv = stringify(
    rows.map((row) => ({ ...ROW, ...row })),
    { header: true },
  )
  const sheets = await readExcelFile(await peopleWorkbook(csv), { trim: false })
  return sheets.find((each) => each.sheet === sheet)?.data ?? []
}

test('The sheet of people has one row for each person, with exact sums by currency', async () => {
  const euros = { integrationName: 'Acme Paris', cost: '5', currency: 'EUR', requests: '1' }
  const [header, ana, zoe, ...others] = await sheetOf('People', [{}, LABS, euros, { ...ZOE, cost: '', currency: '' }])
  expect(header).toEqual([
    'Name',
    'Email',
    'Department',
    'Manager',
    'Organizations',
    'Names of organizations',
    'Last activity',
    'Requests',
    'Cost (EUR)',
    'Cost (USD)',
    'ID',
  ])
  expect(ana).toEqual([
    'Ana',
    'ana@acme.example',
    'Research',
    'zoe@acme.example',
    2,
    'Acme Europe, =Labs, Acme Paris',
    new Date('2026-11-24T00:00:00.000Z'),
    43,
    5,
    0.3,
    'p-ana',
  ])
  expect(zoe).toEqual([null, null, null, null, 1, 'Acme Europe', null, 12, null, null, 'p-zoe'])
  expect(others).toEqual([])
})

test('The sheet of memberships has one row for each organization of each person', async () => {
  const [header, europe, labs] = await sheetOf('Memberships', [{}, LABS])
  expect(header?.slice(0, 4)).toEqual(['Name', 'Email', 'Department', 'Organization'])
  expect(europe).toEqual([
    'Ana',
    'ana@acme.example',
    'Research',
    'Acme Europe',
    'openai',
    'owner',
    'Active',
    'Member',
    'Company domain',
    'In use',
    new Date('2026-11-23T00:00:00.000Z'),
    12,
    0.1,
    'USD',
    2,
    'p-ana',
    'u-1',
  ])
  expect([labs?.[3], labs?.[12], labs?.at(-1)]).toEqual(['=Labs', 0.2, 'u-2'])
})
