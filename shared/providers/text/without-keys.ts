const MASK = '••••'

/** The beginning of a key of any provider, with the kind if it has one. Hyphens are also written as underscores, and spaces slip in. */
const PREFIX =
  /(?<![a-z0-9])sk\s{0,2}[-_]\s{0,2}((?:admin|proj|svcacct|ant\s{0,2}[-_]\s{0,2}[a-z]{3,6}\d\d)\s{0,2}[-_])?/gi
/** What can follow directly: the key, a part of it, or a mask. */
const BODY = /(?:[A-Za-z0-9_-]|[*•●]|\.{3,})*/y
const IS_MASKED = /[*•●]|\.{3}/
/** A further word of a key that was split. */
const NEXT_WORD = /\s{1,2}([A-Za-z0-9_-]+)/y
/** After a prefix with the kind of key, as few characters are a part of a key. After a prefix without one, they can be a name. */
const TYPED_LENGTH = 5
const UNTYPED_LENGTH = 20
/** What is in all keys of one of the providers. */
const MARKER = 'T3BlbkFJ'
/** The least length of a secret that stands without its prefix, also in several words. */
const SECRET_LENGTH = 32
const SECRET_WORD_LENGTH = 8
/** How often the kind of character changes from one to the next: 0.6 in random text, 0.33 in CamelCase of six letters. */
const RANDOM_CHANGES = 0.35

interface Span {
  readonly from: number
  readonly to: number
}

/**
 * A text by people, such as a name, without what can be told apart as a key or a part of one: by its prefix, also with
 * underscores, in full width, with invisible characters or spaces inside, by what all keys contain, or as a long random word.
 */
export function withoutKeys(text: string): string {
  const { plain, places } = plainForm(text)
  let shown = ''
  let end = 0
  for (const { from, to } of joined([...prefixedKeys(plain), ...secrets(plain)])) {
    const start = places?.[from] ?? from
    shown += text.slice(end, start) + MASK
    end = places === null ? to : (places[to] ?? text.length)
  }
  return shown + text.slice(end)
}

/**
 * The text as a reader sees it: without invisible characters, in ordinary letters, with ASCII hyphens. `places` has the index of
 * each character in the text itself. Null if they are the same.
 */
function plainForm(text: string): { readonly plain: string; readonly places: readonly number[] | null } {
  if (/^[\x20-\x7e]*$/.test(text)) return { plain: text, places: null }
  const places: number[] = []
  let plain = ''
  let place = 0
  for (const character of text) {
    const seen = /\p{Cf}/u.test(character) ? '' : character.normalize('NFKC').replaceAll(/[\p{Pd}−]/gu, '-')
    plain += seen
    for (let unit = 0; unit < seen.length; unit += 1) places.push(place)
    place += character.length
  }
  return { plain, places }
}

function* prefixedKeys(text: string): Generator<Span> {
  let [keysEnd, wordsEnd] = [0, 0]
  for (const { index: from, 0: prefix, 1: type } of text.matchAll(PREFIX)) {
    // The end of a key is one, and the end of ordinary words is ordinary.
    if (from < keysEnd || (type === undefined && from < wordsEnd)) continue
    const start = from + prefix.length
    const body = matchAt(BODY, text, start)?.[0] ?? ''
    const isMasked = IS_MASKED.test(body)
    const to = isMasked ? start + body.length : endOfWords(text, start + body.length)
    const key = text.slice(start, to)
    const isLong = key.length >= (type === undefined ? UNTYPED_LENGTH : TYPED_LENGTH)
    if (!isMasked && isLong && type === undefined && isOfWords(key)) wordsEnd = to
    else if (isMasked || isLong) {
      keysEnd = to
      yield { from, to }
    }
  }
}

/** The end of the words of a split key. */
function endOfWords(text: string, start: number): number {
  let end = start
  for (;;) {
    const [next = '', word = ''] = matchAt(NEXT_WORD, text, end) ?? []
    if (!/\d|[a-z][A-Z]/.test(word)) return end
    end += next.length
  }
}

/** True for ordinary words and numbers, with hyphens or underscores between. */
function isOfWords(text: string): boolean {
  return text.split(/[-_\s]+/).every((word) => /^(?:[A-Z]?[a-z]{0,14}|[A-Z]{1,14}|[a-zA-Z]{0,3}\d{1,8})$/.test(word))
}

function* secrets(text: string): Generator<Span> {
  let group: Span | null = null
  for (const { index: from, 0: word } of text.matchAll(/[A-Za-z0-9_-]+/g)) {
    const to = from + word.length
    if (word.includes(MARKER)) yield { from, to }
    const isNext: boolean = group !== null && /^\s{1,2}$/.test(text.slice(group.to, Math.min(from, group.to + 3)))
    if (!isRandom(word)) group = null
    else group = { from: isNext && group !== null ? group.from : from, to }
    if (group !== null && group.to - group.from >= SECRET_LENGTH) yield group
  }
}

/** True for a word of capitals, small letters and digits, which take turns as in no name. */
function isRandom(word: string): boolean {
  if (word.length < SECRET_WORD_LENGTH) return false
  const kinds = Array.from(word, (character) => [/[a-z]/, /[A-Z]/, /\d/].findIndex((kind) => kind.test(character)))
  const changes = kinds.filter(
    (kind, at) => at > 0 && kind !== kinds[at - 1] && kind >= 0 && (kinds[at - 1] ?? -1) >= 0,
  )
  return [0, 1, 2].every((kind) => kinds.includes(kind)) && changes.length >= RANDOM_CHANGES * (word.length - 1)
}

/** The spans in order, overlapping ones as one. */
function joined(spans: readonly Span[]): Span[] {
  const joinedSpans: Span[] = []
  for (const span of spans.toSorted((left, right) => left.from - right.from)) {
    const last = joinedSpans.at(-1)
    if (last === undefined || span.from > last.to) joinedSpans.push(span)
    else joinedSpans.splice(-1, 1, { from: last.from, to: Math.max(last.to, span.to) })
  }
  return joinedSpans
}

/** The match of a sticky pattern at a place. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
