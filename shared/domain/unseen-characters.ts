/**
 * Characters that nobody sees, but that turn, hide or break what others read: control characters, line breaks, marks of the direction of writing, soft
 * hyphens, tags, and others that Unicode draws as nothing. Allowed are the joiners that names in Persian, Hindi and others need (U+200C,
 * U+200D; emoji are joined by them too), and the selectors of a variant of the character before them.
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point, https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters
 */
const UNSEEN =
  /(?![\u200c\u200d\p{Variation_Selector}])[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u
const ALL_UNSEEN = new RegExp(UNSEEN, 'gu')
const BREAKS = /[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu
/** Allowed within a text, but nothing by itself. */
const UNSEEN_ALONE = /[\s\u200c\u200d\p{Variation_Selector}]/gu

/** True for a text with such a character. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text)
}

/** Without such characters; a line break or tab becomes a blank. */
export function withoutUnseen(text: string): string {
  return text.replaceAll(BREAKS, ' ').replaceAll(ALL_UNSEEN, '')
}

/** True when there is something to see. */
export function isSeen(text: string): boolean {
  return text.replaceAll(UNSEEN_ALONE, '') !== ''
}
