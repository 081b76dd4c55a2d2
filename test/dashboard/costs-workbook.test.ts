import { expect, test } from '@jest/globals'
import { unzipSync, strFromU8 } from 'fflate'
import readExcelFile from 'read-excel-file/universal'
import { costsWorkbook } from '../../dashboard/src/pages/spend/costs-workbook.ts'
import { COSTS_AS_OF } from './pages/wire-costs.ts'

const CSV = new Map([
  [
    'day',
    [
      'day,projectId,projectName,lineItem,amount,currency,preliminary',
      '2026-11-01,proj-1,Search,"ink, blue",30,USD,false',
      '2026-11-24,proj-2,,,12.25,USD,true',
      "2026-11-24,,,'=credit,-2,USD,true",
      '2026-11-24,proj-1,Search,,7.5,EUR,true',
    ],
  ],
  ['project', ['projectId,name,amount,currency', 'proj-1,Search,30,USD', 'proj-2,,12.25,USD', ',,-2,USD']],
  ['lineItem', ['lineItem,amount,currency', '"ink, blue",30,USD', ',10.25,USD']],
  [
    'user',
    [
      'userId,email,name,kind,amount,currency',
      'ada,ada@acme.example,Ada,member,40,USD',
      'key-9,,,key,0.25,USD',
      ',,,unattributed,0,USD',
    ],
  ],
  [
    'key',
    [
      'keyId,name,projectId,projectName,ownerId,ownerEmail,ownerName,amount,currency',
      "key-1,'-nightly,proj-1,Search,ada,ada@acme.example,Ada,40,USD",
      'key-2,,proj-2,,bot,bot@acme.example,,1,USD',
      ',,,,,,,0.25,USD',
    ],
  ],
] as const)

const create = () =>
  costsWorkbook(
    { csv: new Map([...CSV].map(([grouping, lines]) => [grouping, lines.join('\r\n')])), asOf: COSTS_AS_OF },
    {
      organization: 'Acme',
      part: 'workspace',
      from: '2026-11-01',
      to: '2026-11-24',
      attribution: 'Attributed to people by Quill.',
      refused: ['Quill refused its report of costs by key: it is not offered'],
    },
  )

test('Every table of Spend is a sheet, after one that says what they are', async () => {
  const sheets = await readExcelFile(await create())
  expect(sheets.map(({ sheet }) => sheet)).toEqual([
    'About',
    'By day',
    'By workspace',
    'By line item',
    'By person',
    'By key',
  ])
  expect(sheets[0]?.data).toEqual([
    ['Organization', 'Acme'],
    ['Days (UTC)', '2026-11-01 – 2026-11-24'],
    ['Total', 40.25],
    ['Total', 7.5],
    ['Read at (UTC)', new Date(COSTS_AS_OF.syncedAt)],
    ['What it is', 'The provider’s cost report, before tax and credits, not its invoice.'],
    ['People', 'Attributed to people by Quill.'],
    ['Not reported', 'Quill refused its report of costs by key: it is not offered.'],
    ['Preliminary', 'The last two days that were read: providers report costs late.'],
    [
      'Amounts',
      'Shown to the smallest coin; a cell has all digits, up to 15. Each sheet adds up to the total of each currency.',
    ],
  ])
})

test('Days are dates and amounts numbers; what has no name is called by its id, or unattributed', async () => {
  const sheets = await readExcelFile(await create())
  const rowsOf = (name: string) => sheets.find(({ sheet }) => sheet === name)?.data
  expect(rowsOf('By day')).toEqual([
    ['Day (UTC)', 'Workspace', 'Line item', 'State', 'Workspace ID', 'Amount', 'Currency'],
    [new Date('2026-11-01'), 'Search', 'ink, blue', 'Final', 'proj-1', 30, 'USD'],
    [new Date('2026-11-24'), 'proj-2', 'Unattributed', 'Preliminary', 'proj-2', 12.25, 'USD'],
    [new Date('2026-11-24'), 'Unattributed', '=credit', 'Preliminary', null, -2, 'USD'],
    [new Date('2026-11-24'), 'Search', 'Unattributed', 'Preliminary', 'proj-1', 7.5, 'EUR'],
  ])
  expect(rowsOf('By workspace')?.slice(1)).toEqual([
    ['Search', 'proj-1', 30, 'USD'],
    ['proj-2', 'proj-2', 12.25, 'USD'],
    ['Unattributed', null, -2, 'USD'],
  ])
  expect(rowsOf('By line item')?.slice(1)).toEqual([
    ['ink, blue', 30, 'USD'],
    ['Unattributed', 10.25, 'USD'],
  ])
  expect(rowsOf('By person')?.slice(1)).toEqual([
    ['Ada', 'ada@acme.example', 'Member', 'ada', 40, 'USD'],
    [null, null, 'Key without a known owner', 'key-9', 0.25, 'USD'],
    [null, null, 'Unattributed', null, 0, 'USD'],
  ])
  expect(rowsOf('By key')?.slice(1)).toEqual([
    ['-nightly', 'Ada', 'Search', 'key-1', 40, 'USD'],
    ['key-2', 'bot@acme.example', 'proj-2', 'key-2', 1, 'USD'],
    ['Unattributed', null, null, null, 0.25, 'USD'],
  ])
})

test('Amounts are formatted with their currency', async () => {
  const files = unzipSync(new Uint8Array(await (await create()).arrayBuffer()))
  expect(strFromU8(files['xl/styles.xml'] ?? new Uint8Array())).toContain('formatCode="[$USD] #,##0.00"')
})
