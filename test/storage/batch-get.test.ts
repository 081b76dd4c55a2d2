import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Joined } from '../../shared/integrations/same-organization.ts'
import { findSameOrganization } from '../../shared/use-cases/find-same-organization.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { aPerson } from '../builders.ts'
import { tableThrough, type SentCommand } from '../fakes/faulty-client.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
  const records = new RecordRepository(local.table)
  for (const id of ['ONE', 'TWO']) {
    const people = Array.from({ length: 120 }, (_, index) => aPerson({ userId: `user-${index}`, addedAt: joined(id) }))
    await records.writeUsers(
      id,
      people.map((put) => ({ put })),
    )
  }
})
afterAll(() => local.close())
afterEach(() => {
  jest.restoreAllMocks()
})

function joined(integrationId: string): string {
  return integrationId === 'ONE' ? '2026-01-01T00:00:00.000Z' : '2026-02-02T00:00:00.000Z'
}

function wanted(integrationId: string, from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => ({ integrationId, userId: `user-${from + index}` }))
}

/** A record repository whose every command is written down, and answered by `answer` if that gives something. */
function observed(answer: (command: SentCommand, forward: () => Promise<unknown>) => Promise<unknown> = (_, f) => f()) {
  const sent: SentCommand[] = []
  const table = tableThrough(local.table, async (command, forward) => {
    sent.push(command)
    return answer(command, forward)
  })
  return { records: new RecordRepository(table), sent }
}

describe('Members are found by their keys', () => {
  test('for several integrations at once, if they exist', async () => {
    const { records, sent } = observed()
    const found = await records.findMembers([
      ...wanted('ONE', 110, 130),
      ...wanted('TWO', 0, 120),
      ...wanted('NONE', 0, 9),
    ])
    const count = (id: string) => found.filter(({ integrationId }) => integrationId === id).length
    expect([count('ONE'), count('TWO'), count('NONE')]).toEqual([10, 120, 0])
    expect(found.find(({ integrationId }) => integrationId === 'TWO')).toMatchObject({ addedAt: joined('TWO') })
    expect(sent).toHaveLength(2)
  })

  test('without those who were removed', async () => {
    const records = new RecordRepository(local.table)
    await records.writeUsers('GONE', [
      { put: aPerson({ userId: 'here' }) },
      { put: aPerson({ userId: 'left', removedAt: '2026-11-01T00:00:00.000Z' }) },
    ])
    const found = await records.findMembers(['here', 'left'].map((userId) => ({ integrationId: 'GONE', userId })))
    expect(found.map(({ userId }) => userId)).toEqual(['here'])
  })

  test('including those that DynamoDB left unprocessed at first', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    let left = 2
    const { records, sent } = observed(async ({ input }, forward) => {
      if (left === 0) return forward()
      left -= 1
      return { Responses: {}, UnprocessedKeys: input['RequestItems'] }
    })
    expect(await records.findMembers(wanted('ONE', 0, 5))).toHaveLength(5)
    expect(sent).toHaveLength(3)
  })

  test('or an error reports that DynamoDB did not return them', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0)
    const { records } = observed(async ({ input }) => ({ Responses: {}, UnprocessedKeys: input['RequestItems'] }))
    await expect(records.findMembers(wanted('ONE', 0, 5))).rejects.toMatchObject({
      name: 'UnprocessedItemsError',
      count: 5,
    })
  })

  test('without a request when there are no ids', async () => {
    const { records, sent } = observed()
    expect(await records.findMembers([])).toEqual([])
    expect(sent).toEqual([])
  })
})

describe('An organization is found among many integrations', () => {
  const connected = (id: string) => ({ id, organizationId: null })
  const many = Array.from({ length: 500 }, (_, index) => connected(`OTHER${index}`))
  const listing = (id: string) => wanted(id, 0, 120).map(({ userId }) => ({ userId, addedAt: joined(id) }))
  const shown = (people: readonly Joined[]) => ({ organizationId: null, listFirst: async () => people })

  test('by eleven keys of each, and by all keys of those that match', async () => {
    const { records, sent } = observed()
    const found = await findSameOrganization(
      records,
      [...many, connected('ONE'), connected('TWO')],
      shown(listing('TWO')),
    )
    expect(found).toEqual([connected('TWO')])
    // 502 integrations by 11 keys, and one by 100: 100 keys a request.
    expect(sent).toHaveLength(Math.ceil((502 * 11) / 100) + 1)
  })

  test('or not, without a second query', async () => {
    const { records, sent } = observed()
    const strangers = listing('ONE').map(({ userId }) => ({ userId, addedAt: null }))
    expect(await findSameOrganization(records, [...many, connected('ONE')], shown(strangers))).toEqual([])
    expect(sent).toHaveLength(Math.ceil((501 * 11) / 100))
  })
})
