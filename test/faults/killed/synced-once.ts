import * as z from 'zod'
import { createApiHandler } from '../../../functions/api/handler-factory.ts'
import { handleMessage } from '../../../functions/sync/handle-message.ts'
import type { SimulatedOrganization } from '../../../infra/local/simulated-organization/server.ts'
import { OpenAiOrganization } from '../../../shared/openai/openai-organization.ts'
import { startApiBench } from '../../api/api-bench.ts'
import { call } from '../../api/call.ts'
import { asOfOf, comparable, readAnswers } from './answers.ts'
import { recordOf } from './record-of.ts'

const idSchema = z.object({ id: z.string() })

/** Its answers, as far as they compare, and its record. */
export interface SyncedOnce {
  readonly answers: Record<string, unknown>
  readonly record: readonly string[]
}

/** What a store answers that has synced the organization, as it is now, a single time; and the record it keeps. */
export async function syncedOnce(organization: SimulatedOrganization): Promise<SyncedOnce> {
  const bench = await startApiBench()
  try {
    const dependencies = {
      ...bench.dependencies,
      now: () => new Date(),
      openOrganization: ({ key, deadline }: Parameters<typeof bench.dependencies.openOrganization>[0]) =>
        new OpenAiOrganization({ baseUrl: organization.baseUrl, key, deadline }),
    }
    const handler = createApiHandler(dependencies)
    const json = { provider: 'openai', name: 'Acme', adminApiKey: organization.keys.admin }
    const { id } = idSchema.parse((await call(handler, 'POST', '/v1/integrations', { json })).body)
    for (const message of bench.queue.messages) await handleMessage(message, 1, dependencies)
    const answers = await readAnswers(async (path) => (await call(handler, 'GET', `/v1${path}`)).body, id)
    return { answers: comparable(answers), record: await recordOf(bench.table, id, asOfOf(answers)) }
  } finally {
    await bench.close()
  }
}
