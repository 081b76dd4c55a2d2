import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { ApiError } from '../../functions/api/http/api-errors.ts'
import { toCsv } from '../../functions/api/http/csv.ts'
import { parseRoster } from '../../functions/api/roster/parse-roster.ts'
import { rosterColumns } from '../../shared/contracts/roster-contract.ts'
import { toComparedAddress } from '../../shared/people/address.ts'
import type { RosterEntry } from '../../shared/people/roster.ts'

const ANA: RosterEntry = {
  email: 'ana@acme.example',
  name: 'Ana',
  manager: 'zoe@acme.example',
  department: 'Research',
  endsOn: '2026-12-31',
}
const WHOLE = 'ana@acme.example,Ana,zoe@acme.example,Research,2026-12-31'
const HEADER = 'email,name,manager,department,endsOn'

/** What is wrong with a file, as the answer says it. */
function mistakesIn(csv: string): string[] {
  try {
    parseRoster(csv)
    return []
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    expect(error.code).toBe('validation_failed')
    return error.errors.map(({ field, message }) => `${field}: ${message}`)
  }
}

describe('A roster is read whatever program wrote it:', () => {
  test.each([
    ['with LF', `${HEADER}\n${WHOLE}\n`],
    ['with CRLF', `${HEADER}\r\n${WHOLE}\r\n`],
    ['with CR', `${HEADER}\r${WHOLE}\r`],
    ['with mixed line ends', `${HEADER}\n${WHOLE}\r\n`],
    ['without a line end', `${HEADER}\n${WHOLE}`],
    ['with blank lines', `\n${HEADER}\n\n${WHOLE}\n\n\n`],
    ['with empty rows, as spreadsheets leave them', `${HEADER}\n${WHOLE}\n,,,,\n  ,,,,\n`],
    ['with semicolons', `${HEADER}\n${WHOLE}\n`.replaceAll(',', ';')],
    ['with quoted cells', `"email","name","manager","department","endsOn"\n"${WHOLE.replaceAll(',', '","')}"\n`],
    ['with quoted cells and semicolons', `"${HEADER.replaceAll(',', '";"')}"\n"${WHOLE.replaceAll(',', '";"')}"`],
    ['with blanks around cells', `${HEADER.replaceAll(',', ' , ')}\n${WHOLE.replaceAll(',', ' , ')} \n`],
    ['with tabs', `${HEADER}\n${WHOLE}\n`.replaceAll(',', '\t')],
    ['with Excel’s line about semicolons', `sep=;\n${HEADER}\n${WHOLE}\n`.replaceAll(',', ';')],
    ['with Excel’s line about tabs', `SEP=\t\r\n${HEADER}\r\n${WHOLE}\r\n`.replaceAll(',', '\t')],
    ['with separators at the end of all lines', `${HEADER},\n${WHOLE},\n`],
    ['with separators at the end of the header', `${HEADER},,\n${WHOLE}\n`],
    ['with separators at the end of rows', `${HEADER}\n${WHOLE}, ,\n`],
    ['with a header in another case', `EMAIL,Name,MANAGER,department,EndsON\n${WHOLE}`],
    ['in another order', `endsOn,department,manager,name,email\n${WHOLE.split(',').toReversed().join(',')}`],
  ])('%s', (_, csv) => {
    expect(parseRoster(csv)).toEqual([ANA])
  })
})

test('Only the address is required; an empty or missing cell is null', () => {
  const nothing = { name: null, manager: null, department: null, endsOn: null }
  expect(parseRoster('email\nana@acme.example\nbob@acme.example')).toEqual([
    { email: 'ana@acme.example', ...nothing },
    { email: 'bob@acme.example', ...nothing },
  ])
  expect(parseRoster(`${HEADER}\nana@acme.example,,,"",`)).toEqual([{ email: 'ana@acme.example', ...nothing }])
})

test('Texts keep their spelling, with separators and quotation marks', () => {
  const [entry] = parseRoster('email;name;department\nÁna@MÜLLER.example;"Müller; ""Zoë"", Ana";R&D, Berlin')
  expect(entry).toMatchObject({
    email: 'Ána@MÜLLER.example',
    name: 'Müller; "Zoë", Ana',
    department: 'R&D, Berlin',
  })
})

test('A quotation mark in a cell that is not quoted is a character of it', () => {
  expect(parseRoster('email,name\nana@acme.example,Ana "Annie" Ames')[0]?.name).toBe('Ana "Annie" Ames')
})

test('A line break within a quoted cell is a blank', () => {
  const [ana, bob] = parseRoster(
    'email,name,department\r\nana@acme.example,"Ana\r\nMaria","R&D \n\n Berlin"\r\nb@x.example,,',
  )
  expect([ana?.name, ana?.department, bob?.email]).toEqual(['Ana Maria', 'R&D Berlin', 'b@x.example'])
})

test('Somebody whose name begins with an apostrophe keeps it', () => {
  expect(parseRoster("email,name\nana@acme.example,'t Hooft")[0]?.name).toBe("'t Hooft")
})

describe('A broken line refuses the file and is named, with what is wrong:', () => {
  const files = [
    [`${HEADER}\n,Ana,,,`, 'line 2: email must be an email address'],
    [`${HEADER}\nana,Ana,,,`, 'line 2: email must be an email address'],
    [`${HEADER}\nana@b c,Ana,,,`, 'line 2: email must be an email address'],
    [`${HEADER}\n${'a'.repeat(310)}@acme.example,,,,`, 'line 2: email must have at most 320 characters'],
    [`${HEADER}\n${WHOLE}\nbob@acme.example,${'x'.repeat(201)},,,`, 'line 3: name must have at most 200 characters'],
    [`${HEADER}\nana@acme.example,,,,31.12.2026`, 'line 2: endsOn must be a day that exists, written YYYY-MM-DD'],
    [`${HEADER}\nana@acme.example,,,,2026-02-30`, 'line 2: endsOn must be a day that exists, written YYYY-MM-DD'],
    [`${HEADER}\nana@acme.example,,,`, 'line 2: has another number of cells (4) than the header (5)'],
    [`${HEADER}\n${WHOLE},more`, 'line 2: has another number of cells (6) than the header (5)'],
    [`email\nana@acme.example\n\nANA@acme.example `, 'line 4: has the same address as line 2'],
    [`email\na@MÜLLER.example\na@xn--mller-kva.example`, 'line 3: has the same address as line 2'],
    [`email\nana@acme.example;Ana`, 'line 2: email must be an email address'],
    [`email\n"ana@acme.example,Ana"`, 'line 2: email must be an email address'],
    [`email\nana@acme.example\tAna`, 'line 2: email must be an email address'],
    [
      `email,name\nana@acme.example,"Ana\nbob@acme.example,Bob\ncyn@acme.example,Cyn"\n`,
      'line 2: has a line break in a cell with an address: is a quotation mark missing?',
    ],
    [
      `email,name\nana@acme.example,A\u0007na`,
      'line 2: name must not hold control characters, line breaks or invisible marks',
    ],
    [`sep=;\nemail;name\nana`, 'line 3: has another number of cells (1) than the header (2)'],
    [
      'email,,name\nana@acme.example,,Ana',
      'line 1: has an unknown column 2: the columns are email, name, manager, department, endsOn',
    ],
    [
      'sep=|\nemail|name\n',
      'line 1: has an unknown column 1: the columns are email, name, manager, department, endsOn',
    ],
    [
      `email,name\r\nana@acme.example,An\u202ea`,
      'line 2: name must not hold control characters, line breaks or invisible marks',
    ],
    [
      `email,name\nana@acme.example,sk-admin-0123456789abcdefWXYZ`,
      'line 2: name looks like a key, which is stored nowhere but in the key store',
    ],
    [
      `email,name\nana@acme.example,Ana\n\nbob@acme.example,"B"ob`,
      'line 4: has a quotation mark within a quoted cell: write it twice',
    ],
    [
      `email,name\nana@acme.example,Ana\n\nbob@acme.example,"Bob\n${'cyn@acme.example,Cyn\n'.repeat(1_000)}`,
      'line 4: has a cell whose quotation mark is never closed',
    ],
    [`"email,name\nana@acme.example,Ana\n`, 'line 1: has a cell whose quotation mark is never closed'],
    ['', 'line 1: lacks the column email: the columns are email, name, manager, department, endsOn'],
    [
      '\nname,manager\nAna,Zoe',
      'line 2: lacks the column email: the columns are email, name, manager, department, endsOn',
    ],
    [
      'email,salary\nana@acme.example,1',
      'line 1: has an unknown column 2: the columns are email, name, manager, department, endsOn',
    ],
    ['ana@acme.example\n', 'line 1: has an unknown column 1: the columns are email, name, manager, department, endsOn'],
    ['email\temail', 'line 1: has the column email twice'],
    ['email,Name,EMAIL\n', 'line 1: has the column email twice'],
    ['email\n\n', 'body: must have at least one employee below the header'],
  ] as const

  test.each(files.map(([csv, message]) => ({ csv, message })))('$#. $message', ({ csv, message }) => {
    expect(mistakesIn(csv)).toEqual([message])
  })

  test('the first 20, in their order, and how many more there are', () => {
    const mistakes = mistakesIn(`email\n${'nobody\n'.repeat(23)}`)
    expect(mistakes).toHaveLength(21)
    expect(mistakes[0]).toBe('line 2: email must be an email address')
    expect(mistakes[19]).toBe('line 21: email must be an email address')
    expect(mistakes[20]).toBe('body: has 3 more broken lines')
    expect(mistakesIn(`email\n${'nobody\n'.repeat(20)}`)).toHaveLength(20)
  })

  test('A line after a cell with line breaks has its own number', () => {
    const mistakes = mistakesIn('email,name\r\nana@acme.example,"A\r\nn\r\na"\r\nbob,Bob\r\n')
    expect(mistakes.map((each) => each.split(':')[0])).toEqual(['line 5'])
  })
})

test('A roster has at most 50,000 employees', () => {
  const rows = Array.from({ length: 50_001 }, (_, index) => `person-${index}@acme.example`)
  expect(mistakesIn(['email', ...rows].join('\n'))).toEqual(['body: must have at most 50000 employees'])
  expect(parseRoster(['email', ...rows.slice(1)].join('\n'))).toHaveLength(50_000)
})

test('A downloaded roster can be uploaded again and is the same, with any texts', () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from(`'"=+-@;, §üAß😀`)), maxLength: 8 })
  const text = cell.map((drawn) => drawn.trim() || null)
  const local = fc.string({ unit: fc.constantFrom(...Array.from(`'"=+-aÄ`)), minLength: 1, maxLength: 6 })
  const day = fc.constantFrom('2026-02-28', '2028-02-29', null)
  const entry = fc.record({
    email: local.map((name) => `${name}@müller.example`),
    name: text,
    manager: text,
    department: text,
    endsOn: day,
  })
  const selector = ({ email }: RosterEntry) => toComparedAddress(email)
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector, minLength: 1 }), (entries) => {
      expect(parseRoster(toCsv(rosterColumns, entries))).toEqual(entries)
    }),
  )
})

test('Any text is either read or refused with a line, and no part of it is quoted', () => {
  const piece = fc.constantFrom(
    'email',
    'name',
    ',',
    ';',
    '"',
    '""',
    '\n',
    '\r\n',
    '\r',
    "'",
    '=',
    'q7x@acme.example',
    ' ',
    '\0',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const mistakes = mistakesIn(pieces.join(''))
      expect(mistakes.filter((each) => each.includes('q7x') || !/^(line \d+|body): /.test(each))).toEqual([])
    }),
  )
})
