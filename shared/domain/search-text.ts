import removeAccents from 'remove-accents'

/** Letters that neither decomposing nor the table changes. */
const PLAIN = /^[\x20-\x7e]*$/

/**
 * A text as searches compare it: without regard to case, accents and Unicode form. `José`, `JOSE` and a decomposed `José` are
 * `jose`; `Łukasz` is `lukasz`, `Straße` and `STRASSE` are `strasse`.
 */
export function toSearchText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').replaceAll(/\p{Mn}/gu, '')
  // What is still not ASCII has no decomposition, such as ł and ø: that takes a table.
  return foldCase(PLAIN.test(bare) ? bare : removeAccents(bare))
}

/** By way of capitals, which ß and SS, ı and I, ς and σ have in common. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}

/** Tests texts for a part. A part of nothing but accents is looked for as it stands. */
export function searchTest(part: string): (text: string) => boolean {
  const wanted = toSearchText(part)
  if (wanted.trim() === '') return (text) => text.includes(part)
  return (text) => toSearchText(text).includes(wanted)
}
