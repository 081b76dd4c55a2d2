export const UNITS = ['images', 'characters', 'seconds', 'bytes', 'sessions', 'calls'] as const
export type Unit = (typeof UNITS)[number]

/** A kind of usage beside the provider's primary one. */
interface KindOfUsage {
  /** What its quantity counts. Null: it is not shown. It then only says that there was use, such as a number of tokens. */
  readonly unit: Unit | null
  /** True when the quantity is what is stored on a day. Then that of the latest day counts, and days are not added up. */
  readonly isStock?: boolean
}

/** All kinds beside primary ones. Quantities of different kinds are never added to each other. */
export const OTHER_KINDS = {
  embeddings: { unit: null },
  moderations: { unit: null },
  images: { unit: 'images' },
  audio_speeches: { unit: 'characters' },
  audio_transcriptions: { unit: 'seconds' },
  file_search_calls: { unit: 'calls' },
  web_search_calls: { unit: 'calls' },
  vector_stores: { unit: 'bytes', isStock: true },
  code_interpreter_sessions: { unit: 'sessions' },
  decisions: { unit: null },
  code_execution: { unit: 'calls' },
} as const satisfies Readonly<Record<string, KindOfUsage>>

export type OtherKind = keyof typeof OTHER_KINDS

const BY_NAME = new Map<string, KindOfUsage>(Object.entries(OTHER_KINDS))

/** The names of all other kinds. */
export const OTHER_KIND_NAMES: readonly string[] = [...BY_NAME.keys()]

/** The unit of a kind's quantity. Null for a kind whose quantity is not shown. */
export function unitOf(kind: string): Unit | null {
  return BY_NAME.get(kind)?.unit ?? null
}

/** The kinds whose quantity is what is stored. Storing is no use. */
export const STOCK_KINDS: readonly string[] = OTHER_KIND_NAMES.filter((kind) => isStock(kind))

export function isStock(kind: string): boolean {
  return BY_NAME.get(kind)?.isStock === true
}
