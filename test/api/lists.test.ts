import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ApiBench, SavedBench } from './api-bench.ts'
import { idsOf, savedWithPeople, startBenchWithPeople } from './listed-people.ts'

let bench: ApiBench
let id: string
let saved: SavedBench
beforeAll(async () => {
  ;({ id, saved } = await savedWithPeople())
  bench = await startBenchWithPeople(saved)
})
afterAll(() => bench.close())

const ids = (query: string) => idsOf(bench, id, query)

describe('every filter of users', () => {
  test.each([
    ['', ['u7', 'u2', 'u3', 'u1', 'u4']],
    ['q=agency', ['u3']],
    ['q=%C3%B6Z', ['u1']],
    ['q=owner%40ACME', ['u1']],
    ['q=%20bea%20', ['u2', 'u7']],
    ['q=100%25', []],
    ['role=owner', ['u1']],
    ['role=OWNER', ['u1']],
    ['excludeRole=owner', ['u7', 'u2', 'u3', 'u4']],
    ['excludeRole=Owner&seat=member', ['u7', 'u2', 'u4']],
    ['excludeRole=reader&role=reader', []],
    ['owner=true', ['u1']],
    ['owner=false', ['u7', 'u2', 'u3', 'u4']],
    ['owner=true&accountStatus=any', ['u1', 'u5']],
    ['seat=guest', ['u3']],
    ['seat=member', ['u2', 'u7', 'u1', 'u4']],
    ['license=in_use', ['u7', 'u3', 'u1']],
    ['license=unused', ['u2', 'u4']],
    ['license=no_data', []],
    ['accountStatus=disabled', ['u5']],
    ['accountStatus=banned', ['u6']],
    ['accountStatus=removed', ['gone']],
    ['accountStatus=any&q=e', ['u7', 'u2', 'u3', 'u5', 'u6', 'gone', 'u1']],
    ['kind=service_account', ['s1']],
    ['kind=any&q=o', ['u1', 's1']],
    ['seat=guest&license=in_use&q=cem', ['u3']],
    ['seat=guest&license=unused', []],
  ])('?%s', async (query, expected) => {
    expect((await ids(query)).toSorted()).toEqual(expected.toSorted())
  })
})

describe('every sort of users, nulls last, ties by id', () => {
  test.each([
    ['name', ['u2', 'u7', 'u3', 'u1', 'u4']],
    ['-name', ['u1', 'u3', 'u2', 'u7', 'u4']],
    ['email', ['u3', 'u1', 'u2', 'u7', 'u4']],
    ['-email', ['u7', 'u2', 'u1', 'u3', 'u4']],
    ['role', ['u1', 'u2', 'u3', 'u7', 'u4']],
    ['-role', ['u2', 'u3', 'u7', 'u1', 'u4']],
    ['lastActiveOn', ['u3', 'u7', 'u1', 'u2', 'u4']],
    ['-lastActiveOn', ['u1', 'u7', 'u3', 'u2', 'u4']],
    ['requests', ['u2', 'u4', 'u7', 'u3', 'u1']],
    ['-requests', ['u1', 'u3', 'u2', 'u4', 'u7']],
    ['addedAt', ['u1', 'u7', 'u4', 'u3', 'u2']],
    ['-addedAt', ['u2', 'u3', 'u4', 'u7', 'u1']],
    ['removedAt', ['u1', 'u2', 'u3', 'u4', 'u7']],
    ['-removedAt', ['u1', 'u2', 'u3', 'u4', 'u7']],
  ])('?sort=%s', async (sort, expected) => {
    expect(await ids(`sort=${sort}`)).toEqual(expected)
  })

  test('removedAt sorts removed people before others', async () => {
    expect((await ids('accountStatus=any&sort=removedAt'))[0]).toBe('gone')
    expect((await ids('accountStatus=any&sort=-removedAt'))[0]).toBe('gone')
  })
})

describe('idleDays: seated, added more than n days ago, no activity in the last n', () => {
  test.each([
    [1, ['u2', 'u3', 'u4', 'u7']],
    [4, ['u2', 'u3', 'u4', 'u7']],
    [5, ['u3', 'u4', 'u7']],
    [14, ['u3', 'u4', 'u7']],
    [15, ['u3', 'u4']],
    [35, ['u3', 'u4']],
    [36, ['u4']],
    [298, []],
  ])('%d', async (days, expected) => {
    expect((await ids(`idleDays=${days}`)).toSorted()).toEqual(expected)
  })
})

test('A list reports the number of matches on all pages, which equals the rows of its CSV', async () => {
  for (const [query, total] of [
    ['', 5],
    ['excludeRole=owner', 4],
    ['idleDays=1&excludeRole=owner', 4],
    ['q=bea', 2],
    ['kind=any&accountStatus=any', 9],
    ['q=100%25', 0],
  ] as const) {
    const { body } = await bench.request('GET', `/integrations/${id}/users?${query}&limit=1`)
    expect(body).toMatchObject({ total })
    const csv = await bench.request('GET', `/integrations/${id}/users?${query}&format=csv`)
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(total + 1)
  }
  const second = await bench.request('GET', `/integrations/${id}/users?limit=2`)
  const { nextCursor } = second.body as { nextCursor: string }
  const third = await bench.request('GET', `/integrations/${id}/users?limit=2&cursor=${nextCursor}`)
  expect(third.body).toMatchObject({ total: 5 })
})

test('People who left are shown on request with removedAt, without seat or license, for 60 days', async () => {
  const own = await startBenchWithPeople(saved)
  try {
    const user = async () => own.request('GET', `/integrations/${id}/users/gone`)
    expect((await user()).body).toMatchObject({
      accountStatus: 'removed',
      removedAt: '2026-11-24T12:01:00.000Z',
      seat: null,
      license: null,
    })
    own.advance(60 * 86_400_000)
    await own.scheduledSync(id)
    expect((await user()).status).toBe(200)
    own.advance(1)
    await own.scheduledSync(id)
    expect((await user()).status).toBe(404)
  } finally {
    await own.close()
  }
})
