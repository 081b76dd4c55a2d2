import { isDeepStrictEqual } from 'node:util'
import { expect } from '@jest/globals'
import * as z from 'zod'
import type { ApiBench } from '../api/api-bench.ts'
import type { Draw } from './draw.ts'
import type { Model, ModelReading } from '../model/model.ts'
import { dayAfter } from '../model/rules.ts'

/** The source of the answers, and what they are compared with. */
export interface Compared {
  readonly api: ApiBench
  readonly id: string
  readonly model: Model
  readonly draw: Draw
  /** Whether costs, and all items of the record, are compared too. */
  readonly readsCosts?: boolean
}

/** The body of an answer about the integration. */
export async function get({ api, id }: Compared, path: string): Promise<unknown> {
  const answer = await api.request('GET', `/integrations/${id}${path.replace(/\?$/, '')}`)
  same(`${path}: status`, answer.status, 200)
  return answer.body
}

/** Some days of a reading. */
export function rangeWithin(reading: ModelReading | null, draw: Draw): { from?: string; to?: string } {
  if (reading === null) return {}
  const first = draw.between(0, 59)
  const from = dayAfter(reading.window.from, first)
  return { from, to: dayAfter(reading.window.from, draw.between(first, 59)) }
}

/** `expect` is slow, and only needed to show differences. */
export function same(what: string, answered: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(answered, expected)) expect({ [what]: answered }).toEqual({ [what]: expected })
}

/** Compares an answer, or the refusal while there is no reading (null). */
export async function compareRead(compared: Compared, path: string, expected: object | null): Promise<void> {
  if (expected !== null) {
    same(path, await get(compared, path), expected)
    return
  }
  const { api, id } = compared
  const { status, body } = await api.request('GET', `/integrations/${id}${path}`)
  same(path, [status, z.object({ code: z.string() }).parse(body).code], [409, 'data_set_not_read'])
}
