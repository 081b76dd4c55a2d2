import { MAX_CSV_BODY_BYTES } from '../../../shared/contracts/operation.ts'

/** A body as it is sent, and its headers. */
export interface SentBody {
  readonly body: string | Blob
  readonly headers: Readonly<Record<string, string>>
}

/** Compresses a text that would be too large for a request. A smaller one is sent as it is. */
export async function csvBody(text: string): Promise<SentBody> {
  const plain = new Blob([text])
  if (plain.size <= MAX_CSV_BODY_BYTES) return { body: text, headers: { 'content-type': 'text/csv' } }
  const compressed = plain.stream().pipeThrough(new CompressionStream('gzip'))
  return { body: await new Response(compressed).blob(), headers: { 'content-type': 'application/gzip' } }
}
