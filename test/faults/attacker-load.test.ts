import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { documentedCalls, type DocumentedCall } from '../attacker/documented-calls.ts'
import { LocalRun } from '../secrecy/local-run.ts'
import { waitFor, waitUntil } from '../watchdog.ts'
import { recordFigures } from './figures.ts'
import { Hammering, statusOf } from './hammering.ts'

const MEMBERS = 1_000
const HEAP_MB = 320
/** The heap that `npm start` allows, and what Node needs beside it. */
const RESIDENT_MB_AT_MOST = HEAP_MB + 256
const OPENAI_ANSWERS_AFTER_MS = 1_000

const idSchema = z.object({ id: z.string() })
const syncSchema = z.object({ lastSync: z.object({ state: z.string() }) })

let organization: SimulatedOrganization
let run: LocalRun
let id: string
let calls: DocumentedCall[]

beforeAll(async () => {
  organization = await startSimulatedOrganization({ members: MEMBERS, seed: 'load' })
  run = new LocalRun({ OPENAI_BASE_URL: organization.baseUrl }, { args: ['--empty'], heapMb: HEAP_MB })
  await run.start()
  const json = { provider: 'openai', name: 'Acme', adminApiKey: organization.keys.admin }
  id = idSchema.parse((await run.api.call('POST', '/integrations', json)).body).id
  const state = await waitUntil('the first sync to end', async () => {
    const { lastSync } = syncSchema.parse((await run.api.call('GET', `/integrations/${id}`)).body)
    return ['succeeded', 'failed'].includes(lastSync.state) && lastSync.state
  })
  expect(state).toBe('succeeded')
  calls = documentedCalls({ id, userId: 'nobody', syncId: id, personId: 'nobody', findingId: 'none', reviewId: 'none' })
})
afterAll(async () => {
  // Why it ended by itself, if it did: the answers' errors do not tell.
  if (run.hasEnded) process.stderr.write(`The product ended: ${printed()}\n`)
  await run.close()
  await organization.close()
})

test('Hundreds of concurrent exports, key checks and lists are answered in bounded memory, and so are other calls', async () => {
  organization.set({ latencyMs: OPENAI_ANSWERS_AFTER_MS })
  const hammering = new Hammering(run.url, id, organization.keys.admin)
  hammering.begin({ exports: 300, checks: 100, lists: 300 })
  while (!hammering.isOver) {
    for (const path of ['/health', '/integrations', `/integrations/${id}/licenses`]) {
      expect([path, await statusOf(run.url, 'GET', path)]).toEqual([path, 200])
    }
  }
  expect(hammering.statuses).toEqual(new Set([200]))
  const residentMb = highestResidentMb(run.processId)
  expect(residentMb).toBeLessThan(RESIDENT_MB_AT_MOST)
  expect(printed()).not.toContain('could not be answered')
  organization.set({ latencyMs: 0 })
  recordFigures('attacker-load', {
    'requests at once': hammering.asked,
    'highest resident memory, MB': Math.round(residentMb),
  })
})

describe('Excessive input is refused by every call, and later calls are answered:', () => {
  const bodies: Readonly<Record<string, string>> = {
    'a body nested ten thousand deep': `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    'five thousand fields': `{${Array.from({ length: 5_000 }, (_, index) => `"f${index}":1`).join(',')}}`,
    'a number of sixty thousand digits': `{"name":${'9'.repeat(60_000)}}`,
    'a text that backtracking would choke on': JSON.stringify({ companyDomains: [`${'a-'.repeat(25_000)}!`] }),
  }

  test.each(Object.entries(bodies))('%s', async (_, body) => {
    for (const { operationId, method, path, isOpen } of calls.filter((call) => call.method !== 'GET')) {
      const status = await waitFor(`the answer to ${operationId}`, statusOf(run.url, method, path, body))
      expect([operationId, status, isOpen]).toEqual([operationId, 400, false])
    }
    await expectUnharmed()
  })

  test('a body of a megabyte', async () => {
    const body = `{"name":"${'x'.repeat(1_000_000)}"}`
    for (const { operationId, method, path } of calls.filter((call) => call.method !== 'GET')) {
      // The server does not read it to its end: a client that is still sending may see the connection close first.
      const outcome = await statusOf(run.url, method, path, body).catch(() => 'closed')
      expect([operationId, [400, 'closed'].includes(outcome)]).toEqual([operationId, true])
    }
    await expectUnharmed()
  })

  test('thousands of parameters, and one of sixty thousand characters', async () => {
    const many = Array.from({ length: 4_000 }, (_, index) => `p${index}=1`).join('&')
    for (const query of [many, `q=${'x'.repeat(60_000)}`, `${'limit=1&'.repeat(4_000)}limit=1`, 'q=%'.repeat(3_000)]) {
      for (const { operationId, path } of calls.filter(({ method }) => method === 'GET')) {
        const status = await waitFor(`the answer to ${operationId}`, statusOf(run.url, 'GET', `${path}?${query}`))
        // What is longer than a server takes at all is refused before it is read.
        expect([operationId, [400, 431].includes(status)]).toEqual([operationId, true])
      }
    }
    await expectUnharmed()
  })
})

async function expectUnharmed(): Promise<void> {
  const { body } = await run.api.call('GET', `/integrations/${id}`)
  expect(body).toMatchObject({ name: 'Acme' })
}

function printed(): string {
  return run
    .said()
    .map(({ text }) => text)
    .join('')
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html: the most it ever had. Linux only, as the end-to-end run. */
function highestResidentMb(processId: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
