import { describe, expect, test } from '@jest/globals'
import { type CursorList, readCursorList } from '../../../shared/providers/http/cursor-list.ts'
import { RequestRefusedError } from '../../../shared/providers/http/errors.ts'

type Page = Awaited<ReturnType<CursorList<{ readonly id: string }, string>['getPage']>>

const page = (ids: string, more = true): Page => ({
  data: Array.from(ids, (id) => ({ id })),
  has_more: more,
  last_id: null,
})
const last = (ids: string) => page(ids, false)
const refused = (status: number) => new RequestRefusedError('keys', status, 'refused')

/** Reads a list whose requests get these answers, in order. Returns the ids, or the reason of a failure, and the cursors. */
async function read(...answers: readonly (Page | Error)[]) {
  const cursors: (string | undefined)[] = []
  const counts: number[] = []
  const left = [...answers]
  const getPage = async (after?: string) => {
    cursors.push(after)
    const answer = left.shift()
    if (answer === undefined) throw new Error('asked for more than there is')
    if (answer instanceof Error) throw answer
    return answer
  }
  const onPage = (count: number) => counts.push(count)
  const entries = readCursorList({ dataSet: 'keys', getPage, toEntry: ({ id }) => id, onPage })
  const outcome = await entries.then(
    (found) => found.join(''),
    (error: unknown) => (error instanceof Error ? error.message : error),
  )
  return { outcome, cursors, counts }
}

describe('A list by cursor', () => {
  test('is read page by page, each after the last entry before it', async () => {
    expect(await read(page('ab'), page('cd'), last('e'))).toEqual({
      outcome: 'abcde',
      cursors: [undefined, 'b', 'd'],
      counts: [2, 4, 5],
    })
  })

  test('goes on after `last_id` when a page has no entries', async () => {
    const { outcome, cursors } = await read({ ...page(''), last_id: 'x' }, last('a'))
    expect([outcome, cursors]).toEqual(['a', [undefined, 'x']])
  })

  test('may repeat the entry of the cursor', async () => {
    expect((await read(page('ab'), last('bc'))).outcome).toBe('abc')
  })

  test('is read again when its order changed, until a reading is in order or finds the same', async () => {
    expect((await read(page('ab'), last('ac'), page('ab'), last('cd'))).outcome).toBe('abcd')
    expect((await read(page('ab'), last('ac'), page('ab'), last('ac'))).outcome).toBe('abc')
  })

  test.each([400, 404])('is read again from its start when its cursor is answered with %d', async (status) => {
    expect((await read(page('ab'), refused(status), page('ac'), last('d'))).outcome).toBe('acd')
  })

  test.each([
    ['the first page is refused', [refused(404)], 'refused'],
    ['a later page is refused otherwise', [page('ab'), refused(418)], 'refused'],
    ['its order changes each time', Array.from({ length: 3 }, (_, at) => [page('ab'), last(`a${at}`)]).flat(), 'order'],
    ['its cursor is unknown each time', Array.from({ length: 4 }, () => [page('a'), refused(404)]).flat(), 'unknown'],
    ['it goes round in circles', [page('ab'), page('cb'), page('db')], 'circles'],
    ['more is announced and no cursor', [page('')], 'nothing to ask for it by'],
    [
      'pages with nothing new do not end',
      [page('ab'), ...Array.from({ length: 10 }, (_, at) => ({ ...page(''), last_id: `x${at}` }))],
      'nothing new',
    ],
  ])('fails when %s', async (_title, answers, reason) => {
    expect((await read(...answers)).outcome).toContain(reason)
  })
})
