import { ENCODINGS } from './encodings.ts'
import { TextIndex } from './text-index.ts'

/** A secret or personal text, and all its forms to search for. */
export interface Trace {
  /** Its description in reports. Never the text itself. */
  readonly name: string
  readonly forms: readonly { readonly encoding: string; readonly isIn: (text: TextIndex) => boolean }[]
}

/** A place that was looked through. Bytes are read as Latin-1, so that none is lost. */
export interface Place {
  readonly name: string
  readonly text: string
}

/** A trace where none may be. */
export interface Finding {
  readonly place: string
  readonly trace: string
  readonly encoding: string
}

/** What of a key may be shown: its prefix and its last four characters. */
const HINT_LENGTH = 4
const PREFIX = /^sk-(?:admin-|proj-|svcacct-|ant-admin01-|ant-api03-)?/
/** The shortest leak of the secret part. It is long enough not to occur by chance. */
const PIECE_LENGTH = 8
const PIECE_EVERY = 4
/** OpenAI's own error texts repeat the prefix with three characters more: “sk-admin-abc***wxyz”. */
const REPEATED_LENGTH = 3

/**
 * The traces of a key: any eleven consecutive characters after its prefix, without its last four, in every encoding;
 * its beginning as OpenAI's error texts repeat it; and endings longer than four characters.
 */
export function keyTrace(name: string, key: string): Trace {
  const prefix = PREFIX.exec(key)?.[0] ?? ''
  const secret = key.slice(prefix.length, -HINT_LENGTH)
  if (secret.length < PIECE_LENGTH + PIECE_EVERY) throw new RangeError(`The key ${name} is too short to be looked for.`)
  const last = secret.length - PIECE_LENGTH
  const starts = [...Array.from({ length: Math.ceil(last / PIECE_EVERY) }, (_, piece) => piece * PIECE_EVERY), last]
  const pieces = starts.map((start) => secret.slice(start, start + PIECE_LENGTH))
  const beginning = prefix + secret.slice(0, REPEATED_LENGTH)
  return {
    name,
    forms: [...encoded(pieces), ...(prefix === '' ? [] : encoded([beginning], 'its beginning, ')), ending(key)],
  }
}

/** The trace of a person's name or email, or of a text that was searched for: the whole of it, in every encoding. */
export function personTrace(name: string, text: string): Trace {
  return { name, forms: encoded([text]) }
}

/** Every trace in every place. */
export function findTraces(places: readonly Place[], traces: readonly Trace[]): Finding[] {
  // As a rule nothing is there: all places together say so at a fraction of the cost.
  const everything = new TextIndex(places.map(({ text }) => text).join('\n'))
  const suspected = traces.filter(({ forms }) => forms.some(({ isIn }) => isIn(everything)))
  if (suspected.length === 0) return []
  return places.flatMap(({ name: place, text }) => {
    const index = new TextIndex(text)
    return suspected.flatMap(({ name: trace, forms }) => {
      const found = forms.find(({ isIn }) => isIn(index))
      return found === undefined ? [] : [{ place, trace, encoding: found.encoding }]
    })
  })
}

function encoded(pieces: readonly string[], what = ''): Trace['forms'] {
  return ENCODINGS.flatMap(({ name, forms }) =>
    [...new Set(pieces.flatMap((piece) => forms(piece)))].map((form) => ({
      encoding: what + name,
      isIn: (text: TextIndex) => text.includes(form),
    })),
  )
}

/** The last five to seven characters that stand alone, say after asterisks: more of a key than may be shown. */
function ending(key: string): Trace['forms'][number] {
  const tails = [1, 2, 3].map((more) => RegExp.escape(key.slice(-HINT_LENGTH - more)))
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${tails.join('|')})(?![A-Za-z0-9])`)
  const shortest = key.slice(-HINT_LENGTH - 1)
  return { encoding: 'its ending, as it is', isIn: (text) => text.matches(pattern, shortest) }
}
