import * as z from 'zod'
import type { OtherKind } from '../../data-sets/other-usage/kinds.ts'
import type { HttpClient } from '../http/http-client.ts'
import { numeric } from '../http/reply.ts'
import { DayPages, type FutureEnds } from './day-pages.ts'
import { dayPageSchema } from './schemas.ts'

/** A row of a report of a kind, with the numbers that the kind has. */
export interface KindRow {
  readonly userId: string | null
  readonly model: string | null
  /** Not rounded: seconds may be fractions. */
  readonly requests: number
  readonly quantity: number
}

/** How OpenAI reports a kind: what a row can be attributed to, and the fields of its numbers. Null or empty: it has no such number. */
interface KindFields {
  readonly groupBy: readonly string[]
  readonly requests: string | null
  /** The quantity is their sum. */
  readonly quantity: readonly string[]
  /** The numbers can be null, which counts as 0. */
  readonly isNullable?: boolean
}

const USER_AND_MODEL = ['user_id', 'model']

/** https://platform.openai.com/docs/api-reference/usage. Kinds that can only be attributed to projects are grouped by nothing. */
const FIELDS: Readonly<Partial<Record<OtherKind, KindFields>>> = {
  embeddings: { groupBy: USER_AND_MODEL, requests: 'num_model_requests', quantity: [] },
  moderations: { groupBy: USER_AND_MODEL, requests: 'num_model_requests', quantity: [] },
  images: { groupBy: USER_AND_MODEL, requests: 'num_model_requests', quantity: ['images'] },
  audio_speeches: { groupBy: USER_AND_MODEL, requests: 'num_model_requests', quantity: ['characters'] },
  audio_transcriptions: { groupBy: USER_AND_MODEL, requests: 'num_model_requests', quantity: ['seconds'] },
  file_search_calls: { groupBy: ['user_id'], requests: 'num_requests', quantity: ['num_requests'] },
  web_search_calls: { groupBy: USER_AND_MODEL, requests: 'num_model_requests', quantity: ['num_requests'] },
  vector_stores: { groupBy: [], requests: null, quantity: ['usage_bytes'] },
  code_interpreter_sessions: { groupBy: [], requests: null, quantity: ['num_sessions'] },
  decisions: {
    groupBy: USER_AND_MODEL,
    requests: 'num_model_requests',
    // Its requests can be null. Then only tokens say that there was use.
    quantity: ['input_tokens', 'output_tokens'],
    isNullable: true,
  },
}

/** The kinds that OpenAI reports. */
export const REPORTED_KINDS: readonly string[] = Object.keys(FIELDS)

/** The report of one kind. */
export interface KindReport {
  readonly kind: string
  readonly groupBy: readonly string[]
  readonly pages: DayPages<KindRow>
}

/** The reports of all other kinds. */
export function kindReports(client: HttpClient, futureEnds: FutureEnds): KindReport[] {
  return Object.entries(FIELDS).map(([kind, fields]) => {
    const report = {
      dataSet: 'other_usage',
      path: `/organization/usage/${kind}`,
      schema: dayPageSchema(z.array(rowSchema(fields))),
    }
    return { kind, groupBy: fields.groupBy, pages: new DayPages(client, report, futureEnds) }
  })
}

/** Seconds may be fractions: OpenAI does not say. */
const numberField = numeric.pipe(z.number().nonnegative().max(Number.MAX_SAFE_INTEGER))
const text = z.string().nullish()

function rowSchema({ requests, quantity, isNullable = false }: KindFields): z.ZodType<KindRow> {
  const number = isNullable ? numberField.nullish().transform((value) => value ?? 0) : numberField
  const names = [...(requests === null ? [] : [requests]), ...quantity]
  const numbers = z.object(Object.fromEntries(names.map((name) => [name, number])))
  return z.looseObject({ user_id: text, model: text }).transform((row, context): KindRow => {
    const read = numbers.safeParse(row)
    for (const { path, code } of read.error?.issues ?? []) context.addIssue({ code: 'custom', path, message: code })
    const numberOf = (name: string) => read.data?.[name] ?? 0
    return {
      userId: row.user_id?.trim() ? row.user_id : null,
      model: row.model?.trim() ? row.model : null,
      requests: requests === null ? 0 : numberOf(requests),
      quantity: quantity.reduce((sum, name) => sum + numberOf(name), 0),
    }
  })
}
