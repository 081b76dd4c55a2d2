import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import { needsAction } from '../../shared/domain/problem.ts'
import { checkKey } from '../../shared/providers/check-key.ts'
import { rowsIn } from '../builders.ts'
import { noTimeout } from '../watchdog.ts'
import { type ProviderDriver, type SimulatedProvider, TROUBLES } from './provider-driver.ts'
import { NOW } from './scripted-server.ts'

const WINDOW = { from: '2026-01-10', to: '2026-03-10' }
const USER_IDS = Array.from({ length: 9 }, (_, index) => `user-${index}`)
const USAGE: readonly UsageRow[] = [
  usage('2026-01-10', 'user-0', 'model-a', 1),
  usage('2026-02-01', 'user-1', 'model-a', 2),
  usage('2026-02-01', 'user-1', 'model-b', 4),
  usage('2026-03-10', 'user-2', 'model-b', 8),
  usage('2026-03-09', 'gone', 'model-a', 16),
  usage('2026-03-09', null, 'model-a', 32),
]

function usage(day: string, userId: string | null, model: string, requests: number): UsageRow {
  return {
    day,
    userId,
    model,
    requests,
    inputTokens: requests * 10,
    cachedInputTokens: requests,
    outputTokens: requests * 3,
  }
}

/** A row as a text, independent of the order of its fields. */
function inOrder({ day, userId, model, requests, inputTokens, cachedInputTokens, outputTokens }: UsageRow): string {
  return JSON.stringify([day, userId, model, requests, inputTokens, cachedInputTokens, outputTokens])
}

/** Tests of a complete organization, read as a sync reads it, and of all kinds of keys. */
export function simulationTests(driver: ProviderDriver): void {
  const { provider } = driver
  const started: SimulatedProvider[] = []
  const start = async () => {
    const simulated = await driver.startSimulated(() => NOW)
    started.push(simulated)
    simulated.show(USER_IDS, USAGE)
    return simulated
  }
  let behaving: SimulatedProvider
  let undisturbed = 0
  beforeAll(async () => {
    behaving = await start()
    await readAll(behaving)
    undisturbed = behaving.requestCount()
  })
  afterAll(() => Promise.all(started.map((each) => each.close())))

  const open = ({ baseUrl }: SimulatedProvider, key: string) =>
    driver.open({
      baseUrl,
      key: new AdminApiKey(key),
      deadline: new Date(NOW.getTime() + 600_000),
      now: () => NOW,
      sleep: async () => {},
      timeout: noTimeout,
    })

  async function readAll(simulated: SimulatedProvider) {
    const { directory, series } = open(simulated, simulated.adminKey)
    const people = await directory.read()
    const reading = await series['usage']?.read(WINDOW, { expectedPeople: USER_IDS.length })
    if (reading === undefined) throw new Error(`${provider.name} has no usage.`)
    const rows = rowsIn(reading.table).map((row) => inOrder(row))
    return {
      userIds: people.map(({ userId }) => userId).toSorted(),
      rows: rows.toSorted(),
      daysLeftOut: reading.daysLeftOut,
    }
  }

  const EVERYTHING = {
    userIds: USER_IDS,
    rows: USAGE.map((row) => inOrder(row)).toSorted(),
    daysLeftOut: [],
  }

  test('is read completely: all people, and all rows of the window', async () => {
    expect(await readAll(behaving)).toEqual(EVERYTHING)
  })

  test.each(TROUBLES)('is read completely with %s', async (_, switches) => {
    const simulated = await start()
    simulated.set(switches)
    expect(await readAll(simulated)).toEqual(EVERYTHING)
    // All faults except unknown fields cause more requests, which proves that they occurred.
    expect(simulated.requestCount() > undisturbed).toBe(switches.unknownFields !== true)
  })

  test('without people and usage is empty', async () => {
    const simulated = await start()
    simulated.show([], [])
    expect(await readAll(simulated)).toEqual({ userIds: [], rows: [], daysLeftOut: [] })
  })

  test('accepts its Admin key for every data set', async () => {
    const check = await checkKey(provider, open(behaving, behaving.adminKey), NOW)
    expect(check.valid).toBe(true)
    expect(check.checks).toEqual(
      provider.dataSets.map(({ id, required }) => ({ dataSet: id, required, ok: true, code: null, detail: null })),
    )
  })

  test('explains by data set why a key cannot read everything, for all kinds of keys', async () => {
    expect(behaving.faultyKeys.length).toBeGreaterThan(0)
    for (const { title, key, codes } of behaving.faultyKeys) {
      const { valid, checks } = await checkKey(provider, open(behaving, key), NOW)
      expect([title, Object.fromEntries(checks.map(({ dataSet, code }) => [dataSet, code]))]).toEqual([title, codes])
      expect(valid).toBe(checks.every(({ ok, required }) => ok || !required))
      for (const { dataSet, ok, code, detail } of checks) {
        expect(detail).toBe(code === null ? null : provider.advice(code, dataSet))
        expect(ok || (code !== null && needsAction(code))).toBe(true)
        expect(detail ?? '').not.toContain(key)
      }
    }
  })

  describe('has a text for every problem of each data set:', () => {
    test.each(provider.dataSets.map(({ id, permission }) => [id, permission]))('%s', (id, permission) => {
      expect(provider.advice('insufficient_permissions', id)).toContain(permission)
      expect(provider.advice('not_an_admin_key', id)).toContain('only')
      expect(provider.advice('provider_unreachable', id)).toMatch(/not the key.*try again/i)
    })
  })

  test('has keys that are recognized by their prefix', () => {
    expect(driver.adminKey.startsWith(provider.key.prefix)).toBe(true)
    expect(provider.key.otherPrefixes.some((prefix) => driver.otherKey.startsWith(prefix))).toBe(true)
    for (const prefix of [provider.key.prefix, ...provider.key.otherPrefixes]) expect(prefix).toMatch(/^[a-z0-9-]+$/i)
  })
}
