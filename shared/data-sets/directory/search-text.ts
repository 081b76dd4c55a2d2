import removeAccents from 'remove-accents'

/** Apostrophes of other forms than the keyboard's. */
const APOSTROPHES = /[‘’ʻʼ′＇`´]/g
/** Characters that nobody sees: zero-width ones and the byte order mark, which come along when text is copied. */
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g

/** Letters that neither decomposing nor the table changes. */
const PLAIN = /^[\x20-\x7e]*$/

/**
 * A text as searches compare it: without regard to case, accents, Unicode form, the form of apostrophes and invisible characters. `José`, `JOSE` and a decomposed `José` are
 * `jose`; `Łukasz` is `lukasz`, `Straße` and `STRASSE` are `strasse`.
 */
export function toSearchText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replaceAll('`', "'")
  const bare = text
    .replaceAll(APOSTROPHES, "'")
    .replaceAll(INVISIBLE, '')
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
  // What is still not ASCII has no decomposition, such as ł and ø: that takes a table.
  return foldCase(PLAIN.test(bare) ? bare : removeAccents(bare))
}

/** By way of capitals, which ß and SS, ı and I, ς and σ have in common. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}

/** Tests whether texts contain a part. A part that consists only of accents is compared as it is. */
export function searchTest(part: string): (text: string) => boolean {
  const wanted = toSearchText(part)
  if (wanted.trim() === '') return (text) => text.includes(part)
  return (text) => toSearchText(text).includes(wanted)
}
