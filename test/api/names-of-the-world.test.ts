import { afterEach, beforeEach, expect, test } from '@jest/globals'
import * as z from 'zod'
import { listed } from '../sync/sync-bench.ts'
import { KEY, startApiBench, type ApiBench } from './api-bench.ts'

/*
 * “Text sorts by `Intl.Collator('en')` (`Ángel` beside `Angela`), cursors compare by the same, nulls last, ties by id.”
 */

let bench: ApiBench
let id: string
const NAMES = [
  'Zed',
  'Ángel',
  'Angela',
  'angela',
  'Łukasz',
  'Lukas',
  'Özil',
  'Olaf',
  'Émile',
  'emil',
  'Ø',
  '1st',
  'Ñandú',
]
const BY_NAME = [
  '1st',
  'Ángel',
  'angela',
  'Angela',
  'emil',
  'Émile',
  'Lukas',
  'Łukasz',
  'Ñandú',
  'Ø',
  'Olaf',
  'Özil',
  'Zed',
]

beforeEach(async () => {
  bench = await startApiBench()
  bench.organization(KEY).people = NAMES.map((name, index) => listed(`user-${index}`, { name }))
  bench.organization(KEY).rows = []
  id = await bench.connected()
})
afterEach(() => bench.close())

const list = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  nextCursor: z.string().nullable(),
})

async function page(query: string) {
  return list.parse((await bench.request('GET', `/integrations/${id}/users?${query}`)).body)
}

async function namesBy(query: string): Promise<(string | null)[]> {
  const names: (string | null)[] = []
  let cursor: string | null = null
  do {
    const { items, nextCursor } = await page(`${query}${cursor === null ? '' : `&cursor=${cursor}`}`)
    names.push(...items.map((user) => user.name))
    cursor = nextCursor
  } while (cursor !== null)
  return names
}

test('Names sort alphabetically by language rules, in pages of any size and in reverse', async () => {
  expect(BY_NAME).toEqual(NAMES.toSorted(new Intl.Collator('en').compare))
  for (const limit of [1, 3, 1000]) {
    expect(await namesBy(`sort=name&limit=${limit}`)).toEqual(BY_NAME)
    expect(await namesBy(`sort=-name&limit=${limit}`)).toEqual(BY_NAME.toReversed())
  }
})

test('Names that only differ in Unicode form sort by id, and people without a name come last', async () => {
  const nfd = 'José'.normalize('NFD')
  bench.organization(KEY).people = [
    listed('user-0', { name: null }),
    listed('user-1', { name: 'José' }),
    listed('user-2', { name: nfd }),
    listed('user-3', { name: 'José' }),
    listed('user-4', { name: null, email: null }),
    ...Array.from({ length: 8 }, (_, index) => listed(`user-${index + 5}`, { name: 'Zed' })),
  ]
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  for (const limit of [1, 1000]) {
    const names = await namesBy(`sort=name&limit=${limit}`)
    expect(names.slice(0, 3)).toEqual(['José', nfd, 'José'])
    expect(names.slice(-2)).toEqual([null, null])
    expect((await namesBy(`sort=-name&limit=${limit}`)).slice(-2)).toEqual([null, null])
  }
})

test('After a newer sync a cursor continues at the same sort position, even if that person is gone', async () => {
  const { items, nextCursor } = await page('sort=name&limit=6')
  expect(items.at(-1)?.name).toBe('Émile')
  bench.organization(KEY).people = bench
    .organization(KEY)
    .people.filter((person) => person.name !== 'Émile')
    .concat(listed('user-90', { name: 'Émilie' }), listed('user-91', { name: 'Éder' }))
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  const rest = await page(`sort=name&limit=1000&cursor=${nextCursor}`)
  expect(rest.items.map((user) => user.name)).toEqual([
    'Émilie',
    'Lukas',
    'Łukasz',
    'Ñandú',
    'Ø',
    'Olaf',
    'Özil',
    'Zed',
  ])
})

test('Addresses and roles use the same rules', async () => {
  bench.organization(KEY).people = ['Zoe', 'änne', 'Anna', 'anna'].map((name, index) =>
    listed(`user-${index}`, { name, email: `${name}@acme.example`, role: name }),
  )
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  for (const field of ['email', 'role']) expect(await namesBy(`sort=${field}`)).toEqual(['anna', 'Anna', 'änne', 'Zoe'])
})

test.each([
  ['angel', ['Ángel', 'angela', 'Angela']],
  ['ÁNGEL', ['Ángel', 'angela', 'Angela']],
  ['lukasz', ['Łukasz']],
  ['łuka', ['Lukas', 'Łukasz']],
  ['O', ['Ø', 'Olaf', 'Özil']],
])('A search for %s ignores case and accents', async (q, names) => {
  expect(await namesBy(`q=${encodeURIComponent(q)}&sort=name`)).toEqual(names)
})
