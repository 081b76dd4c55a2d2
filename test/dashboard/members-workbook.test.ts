import { expect, test } from '@jest/globals'
import readExcelFile from 'read-excel-file/universal'
import Papa from 'papaparse'
import { membersWorkbook } from '../../dashboard/src/pages/members/members-workbook.ts'

const ROW = {
  id: 'user-1',
  kind: 'person',
  email: 'ana@acme.example',
  name: 'Ana',
  role: 'owner',
  accountStatus: 'active',
  seatType: 'member',
  seatReason: 'company_domain',
  license: 'in_use',
  lastActiveOn: '2026-11-23',
  lastActivitySource: 'api_key',
  lastLoginOn: '2026-11-24',
  requests: '12',
  inputTokens: '1000',
  cachedInputTokens: '1',
  outputTokens: '20',
  otherRequests: '3',
  cost: '1204.5678901234',
  currency: 'USD',
  addedAt: '2025-01-02T03:04:05.000Z',
  removedAt: '',
  projects: '[{"id":"p1","name":"Web","role":"member"},{"id":"p2","name":null,"role":null}]',
  dailyRequests: '0 5 7',
}

/** The rows of a sheet of the workbook made of CSV rows. */
async function sheetOf(sheet: string, rows: readonly Partial<typeof ROW>[], firstDay?: string) {
  const csv = Papa.unparse(rows.map((row) => ({ ...ROW, ...row })))
  const sheets = await readExcelFile(await membersWorkbook(csv, { firstDay, part: 'workspace' }), { trim: false })
  return sheets.find((each) => each.sheet === sheet)?.data
}

test('The member sheet has readable headers, and typed dates and numbers', async () => {
  const [header, row] = (await sheetOf('Members', [{}])) ?? []
  expect(header?.slice(0, 4)).toEqual(['Name', 'Email', 'Kind', 'Role'])
  expect(row).toEqual([
    'Ana',
    'ana@acme.example',
    'Person',
    'owner',
    'Active',
    'Member',
    'Company domain',
    'In use',
    new Date('2026-11-23T00:00:00.000Z'),
    'API key',
    new Date('2026-11-24T00:00:00.000Z'),
    12,
    1000,
    1,
    20,
    3,
    1204.5678901234,
    'USD',
    new Date('2025-01-02T03:04:05.000Z'),
    null,
    'Web (member), p2',
    'user-1',
  ])
})

test('A cost is a number with its currency, empty where costs of people are not known', async () => {
  const cells = async (cost: string, currency: string) => {
    const [header, row] = (await sheetOf('Members', [{ cost, currency }])) ?? []
    return ['Cost', 'Currency'].map((title) => row?.[header?.indexOf(title) ?? -1])
  }
  expect(await cells('-0.0000000001', 'EUR')).toEqual([-0.0000000001, 'EUR'])
  expect(await cells('0', 'USD')).toEqual([0, 'USD'])
  expect(await cells('', '')).toEqual([null, null])
})

test('Names are unchanged: formulas are text, and the CSV’s formula prefix is removed once', async () => {
  const names = ["'=1+1", "''quoted", 'Łukasz 👩‍🚀', '  spaced  ', 'a<b>&"c"']
  const rows =
    (await sheetOf(
      'Members',
      names.map((name) => ({ name })),
    )) ?? []
  expect(rows.slice(1).map(([name]) => name)).toEqual(['=1+1', "'quoted", 'Łukasz 👩‍🚀', '  spaced  ', 'a<b>&"c"'])
})

test('No cell is longer than a spreadsheet allows', async () => {
  const projects = JSON.stringify(
    Array.from({ length: 5000 }, (_, index) => ({ id: `p${index}`, name: 'x'.repeat(20), role: null })),
  )
  const [header, row] = (await sheetOf('Members', [{ projects }])) ?? []
  expect(String(row?.[header?.indexOf('Workspaces') ?? -1]).length).toBe(32_767)
})

test('Each day’s requests are in a column with the day as its header', async () => {
  expect(await sheetOf('Requests by day', [{}, { name: '', dailyRequests: '1 2 3' }], '2026-11-22')).toEqual([
    ['Name', 'Email', '2026-11-22', '2026-11-23', '2026-11-24'],
    ['Ana', 'ana@acme.example', 0, 5, 7],
    [null, 'ana@acme.example', 1, 2, 3],
  ])
})
