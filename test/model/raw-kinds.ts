import type { ModelOrganization, ModelOtherUsage } from './organization.ts'
import { fetchDays, type Raw, RefusedError, textOf } from './raw-pages.ts'
import { dayAt } from './rules.ts'

/** Where OpenAI has the numbers of a kind, and by what a row can be attributed. From its table of kinds. */
const FIELDS: Readonly<Record<string, readonly [requests: string, quantity: string, groupBy: string]>> = {
  embeddings: ['num_model_requests', '', 'user_id,model'],
  moderations: ['num_model_requests', '', 'user_id,model'],
  images: ['num_model_requests', 'images', 'user_id,model'],
  audio_speeches: ['num_model_requests', 'characters', 'user_id,model'],
  audio_transcriptions: ['num_model_requests', 'seconds', 'user_id,model'],
  file_search_calls: ['num_requests', 'num_requests', 'user_id'],
  web_search_calls: ['num_model_requests', 'num_requests', 'user_id,model'],
  vector_stores: ['', 'usage_bytes', ''],
  code_interpreter_sessions: ['', 'num_sessions', ''],
  // Only that there was use follows from its tokens: their number is not shown.
  decisions: ['num_model_requests', 'input_tokens,output_tokens', 'user_id,model'],
}

/** Reads all other kinds between two instants in unix seconds. Kinds that are refused with 403 or 404 are missing. */
export async function fetchKinds(
  access: { readonly baseUrl: string; readonly key: string },
  start: number,
  end: number,
): Promise<Required<Pick<ModelOrganization, 'otherUsage' | 'missingKinds'>>> {
  const otherUsage: ModelOtherUsage[] = []
  const missingKinds: Record<string, number> = {}
  for (const [kind, [requests, quantity, groupBy]] of Object.entries(FIELDS)) {
    try {
      const buckets = await fetchDays(access, { report: `usage/${kind}`, groupBy }, { start, end })
      for (const { startTime, rows } of buckets) {
        for (const row of rows)
          otherUsage.push({ day: dayAt(startTime * 1000), kind, ...otherUsageOf(row, requests, quantity, groupBy) })
      }
    } catch (error) {
      if (!(error instanceof RefusedError) || ![403, 404].includes(error.status)) throw error
      missingKinds[kind] = error.status
    }
  }
  return { otherUsage, missingKinds }
}

function otherUsageOf(row: Raw, requests: string, quantity: string, groupBy: string) {
  return {
    userId: textOf(row['user_id']) ?? null,
    model: textOf(row['model']) ?? (groupBy.endsWith('model') ? 'unknown' : null),
    requests: Number(row[requests] ?? 0),
    quantity: quantity.split(',').reduce((sum, name) => sum + Number(row[name] ?? 0), 0),
  }
}
