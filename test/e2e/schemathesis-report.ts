import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import * as z from 'zod'

const interactionSchema = z.object({
  response: z.object({ status_code: z.int() }).nullish(),
})

/** One event of the report: only the ends of scenarios hold requests. */
const eventSchema = z.object({
  ScenarioFinished: z
    .object({
      recorder: z.object({
        label: z.string(),
        interactions: z.record(z.string(), interactionSchema).default({}),
      }),
    })
    .optional(),
})

/** What was asked and answered, by status. */
export interface RequestCounts {
  readonly total: number
  /** Answered with 2xx. */
  readonly successful: number
  /** Requests by their answer's status; 0 is no answer. */
  readonly byStatus: ReadonlyMap<number, number>
  /** By what was tried: a call of the document, or a sequence of calls. */
  readonly byOperation: ReadonlyMap<string, { readonly total: number; readonly successful: number }>
}

/** Counts every request in the report that schemathesis writes as NDJSON. */
export async function countRequests(path: string): Promise<RequestCounts> {
  const byStatus = new Map<number, number>()
  const byOperation = new Map<string, { total: number; successful: number }>()
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const finished = eventSchema.parse(JSON.parse(line)).ScenarioFinished
    for (const { response } of Object.values(finished?.recorder.interactions ?? {})) {
      const status = response?.status_code ?? 0
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
      const label = finished?.recorder.label ?? ''
      const counts = byOperation.get(label) ?? { total: 0, successful: 0 }
      byOperation.set(label, {
        total: counts.total + 1,
        successful: counts.successful + (isSuccessful(status) ? 1 : 0),
      })
    }
  }
  const all = [...byOperation.values()]
  return {
    total: all.reduce((sum, { total }) => sum + total, 0),
    successful: all.reduce((sum, { successful }) => sum + successful, 0),
    byStatus,
    byOperation,
  }
}

function isSuccessful(status: number): boolean {
  return status >= 200 && status < 300
}
