import { afterEach, expect, test } from '@jest/globals'
import { ApiClient } from '../../dashboard/src/api/api-client.ts'
import { NoAnswerError } from '../../dashboard/src/api/api-error.ts'
import { readCostFiles } from '../../dashboard/src/pages/spend/read-cost-files.ts'
import { COSTS_AS_OF } from './pages/wire-costs.ts'

const { fetch } = globalThis
afterEach(() => {
  globalThis.fetch = fetch
})

/** Reads files from an API whose answers are, one after another, from these syncs; the last one goes on for ever. */
async function readFrom(syncIds: readonly string[]) {
  const asked: string[] = []
  globalThis.fetch = async (target) => {
    asked.push(target instanceof Request ? target.url : target.toString())
    const asOf = { ...COSTS_AS_OF, syncId: syncIds[asked.length - 1] ?? syncIds.at(-1) }
    return new Response(`amount\r\n${asked.length}\r\n`, { headers: { 'rollcall-as-of': JSON.stringify(asOf) } })
  }
  const api = new ApiClient({ authorization: async () => undefined, refused: () => {} })
  const read = readCostFiles(api, 'acme', { from: '2026-11-01', to: '2026-11-24' })
  return { files: await read.catch((error: unknown) => error), asked }
}

test('Every grouping of the same days is read once', async () => {
  const { files, asked } = await readFrom(['one'])
  expect(files).toEqual({
    asOf: { ...COSTS_AS_OF, syncId: 'one' },
    csv: new Map(
      ['day', 'user', 'project', 'lineItem', 'key'].map((grouping, index) => [grouping, `amount\r\n${index + 1}\r\n`]),
    ),
  })
  expect(asked).toHaveLength(5)
  expect(asked[3]).toBe('/v1/integrations/acme/costs?groupBy=lineItem&format=csv&from=2026-11-01&to=2026-11-24')
})

test('All are read again when a sync published newer costs after the first', async () => {
  const { files, asked } = await readFrom(['one', 'one', 'one', 'one', 'two'])
  expect(files).toMatchObject({ asOf: { syncId: 'two' } })
  expect(asked).toHaveLength(10)
})

test('Costs that are new in each attempt end it, and are never mixed', async () => {
  const { files, asked } = await readFrom(Array.from({ length: 30 }, (_, index) => String(index)))
  expect(files).toBeInstanceOf(NoAnswerError)
  expect(asked).toHaveLength(15)
})
