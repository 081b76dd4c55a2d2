import transliterate from '@sindresorhus/transliterate'

/** Letters that neither decomposing nor lower case changes any further; two accents of ASCII are none. */
const PLAIN = /^[\x20-\x5d\x5f\x61-\x7e]*$/

/**
 * A text as searches compare it: without regard to case, accents and Unicode form, in Latin letters where the script is an
 * alphabet. `José`, `JOSE` and a decomposed `José` are `jose`; `Łukasz` is `lukasz`, `Straße` `strasse`, `Иван` `ivan`.
 */
export function toSearchText(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').replaceAll(/\p{Mn}/gu, '')
  // What is still not ASCII has no decomposition, such as ł and ø: that takes a table, which takes eight times as long.
  return (PLAIN.test(bare) ? bare : transliterate(bare)).toLowerCase()
}

/** Tests texts for a part. A part of nothing but accents is looked for as it stands. */
export function searchTest(part: string): (text: string) => boolean {
  const wanted = toSearchText(part)
  if (wanted.trim() === '') return (text) => text.includes(part)
  return (text) => toSearchText(text).includes(wanted)
}
