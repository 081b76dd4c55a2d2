import { expect } from '@jest/globals'
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { handleMessage } from '../../../functions/sync/handle-message.ts'
import { isRecorded, publishedGenerations } from '../../../shared/integrations/integration.ts'
import { LATE_WRITES_FOR_AT_MOST_MS, QUEUED_FOR_AT_MOST_MS } from '../../../shared/integrations/sync-slot.ts'
import type { QueueMessage, SyncMessage } from '../../../shared/ports/sync-queue.ts'
import { createRepositories } from '../../../shared/storage/repositories.ts'
import type { ApiBench } from '../../api/api-bench.ts'
import { itemsOf } from '../../api/stored-items.ts'
import { tableThrough } from '../../fakes/faulty-client.ts'
import { recordAndPublished } from './record-and-published.ts'

/** The process ended here. */
class Killed extends Error {}

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>
/** As the product has built it. */
const batchSchema = z.object({ RequestItems: z.custom<Requests>() })

/** A sync on a bench, before it begins. */
export interface Stage {
  readonly bench: ApiBench
  readonly id: string
  readonly message: SyncMessage
}

/** Every answer about an integration's data. Two that differ in one place show two readings. */
export async function answersOf({ bench, id }: Pick<Stage, 'bench' | 'id'>): Promise<readonly unknown[]> {
  const paths = [
    '/users?accountStatus=any&kind=any',
    '/usage?groupBy=day',
    '/usage?groupBy=model',
    '/usage?groupBy=user',
    '/licenses',
    '/costs?groupBy=day',
    '/costs?groupBy=user',
  ]
  const answers: unknown[] = []
  for (const path of paths) {
    const { status, body } = await bench.request('GET', `/integrations/${id}${path}`)
    // Before the first sync, there are no costs to answer about.
    expect(path.startsWith('/costs') ? [200, 409] : [200]).toContain(status)
    answers.push(body)
  }
  return answers
}

/**
 * Delivers a message to a process that is killed at its nth write to the table: of a batch half is carried out, of another write
 * nothing, and nothing after it. A kill after one write equals one before the next. Gives the outcome, or `killed`.
 */
export async function runUntil(
  { bench, message }: Pick<Stage, 'bench'> & { readonly message: QueueMessage },
  nth: number,
  delivery = 1,
): Promise<string> {
  let writes = 0
  const table = tableThrough(bench.table, async ({ name, input, isWrite }, forward) => {
    if (isWrite) writes += 1
    if (writes < nth) return forward()
    if (writes === nth && name === 'BatchWriteCommand') {
      writes += 1
      await bench.table.client.send(halfOf(input))
    }
    throw new Killed()
  })
  const dependencies = { ...bench.dependencies, ...createRepositories(table) }
  return handleMessage(message, delivery, dependencies).catch((error: unknown) => {
    if (error instanceof Killed) return 'killed'
    throw error
  })
}

function halfOf(input: unknown): BatchWriteCommand {
  const requests = Object.entries(batchSchema.parse(input).RequestItems)
  const halves = requests.map(([table, writes]) => [table, writes.slice(0, Math.ceil(writes.length / 2))])
  return new BatchWriteCommand({ RequestItems: Object.fromEntries(halves) })
}

/** Delivers the message again, as the queue does once a lease has lapsed. */
export async function deliverAgain(
  stage: Stage,
  { delivery = 2, killedAt = Infinity }: { readonly delivery?: number; readonly killedAt?: number } = {},
): Promise<string> {
  const { bench, id } = stage
  const { lease } = (await bench.dependencies.integrations.findIntegration(id)) ?? { lease: null }
  if (lease !== null) bench.advance(bench.dependencies.leaseMs)
  return runUntil(stage, killedAt, delivery)
}

/** A scheduled sync, once a lease has lapsed and a sync that never started is given up. Gives its outcome. */
export async function syncNext({ bench, id }: Stage): Promise<string> {
  bench.advance(QUEUED_FOR_AT_MOST_MS)
  const syncId = bench.dependencies.newId()
  return handleMessage({ kind: 'sync', integrationId: id, syncId, trigger: 'schedule' }, 1, bench.dependencies)
}

export async function expectRecordWhole({ bench, id }: Stage): Promise<void> {
  const { record, published } = await recordAndPublished(bench.dependencies, id)
  expect(record).toEqual(published)
}

/** After two more syncs, when no write can come late any more, nothing is in doubt, and nothing is left of old snapshots. */
export async function expectNothingLeft(stage: Stage): Promise<void> {
  const { bench, id } = stage
  for (const _quiet of [1, 2]) {
    bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
    expect(await syncNext(stage)).toBe('succeeded')
  }
  await expectRecordWhole(stage)
  const integration = await bench.dependencies.integrations.getIntegration(id)
  expect(integration).toMatchObject({ lease: null, waitingSync: null, lateWritesUntil: null })
  expect(isRecorded(integration)).toBe(true)
  // These organizations have no use of other kinds, so snapshots of it have no parts.
  const generations = publishedGenerations(integration.published)
    .filter((name) => !name.startsWith('other_usage.'))
    .toSorted()
  expect(integration.unpublishedGenerations).toEqual([])
  const parts = (await itemsOf(bench.table, id)).flatMap((key) => /^SNAPSHOT#[^#]+#([^#]+)#/.exec(key)?.[1] ?? [])
  expect([...new Set(parts)].toSorted()).toEqual(generations)
}
