import * as fc from 'fast-check'

/**
 * Any code point except half a surrogate pair, as a `unit` of fast-check's strings. Its built-in unit `binary` is the
 * same, but needs seconds to list all of them before the first text.
 */
export const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((codePoint) => String.fromCodePoint(codePoint))
