const PLAIN_KEY = /^[\x21-\x7e]{20,500}$/
/** Longer than any key with what may surround it: longer texts are not looked at closely. */
const LOOKED_AT = 700

const QUOTES = '"\'`´‘’‚‛“”„‟«»‹›＂＇'

/** What comes along when a key is copied, and what to say of it: the first that matches. */
const PASTED_ALONG: readonly (readonly [RegExp, string])[] = [
  [/(^|[\s:"'])bearer\s/i, 'begins with “Bearer”, which is not part of the key: enter the key alone'],
  [
    new RegExp(`^[${QUOTES}]?[\\w$.: -]+[${QUOTES}]?\\s*[=:]\\s*\\\\?[${QUOTES}]?sk-`, 'i'),
    'begins with the name of a variable or a field: enter the key alone, which follows the “=” or “:”',
  ],
  [
    new RegExp(`^\\\\?[${QUOTES}<([{]|[${QUOTES}>)\\]}]$`),
    'has quotation marks or brackets around it, which are not part of the key: enter the key without them',
  ],
  [/[,;]$/, 'ends with a comma or a semicolon, which is not part of the key: enter the key without it'],
  [/\.\.\.|…|\*{3}|•/, 'is shortened or masked: OpenAI shows a key whole only once, when it is created'],
  [/\\/, 'holds a backslash, which no key has: enter the key alone'],
  [/^(?=.*sk-).*\s/is, 'holds a space or a line break: enter the key alone, in one piece'],
]

/** What is wrong with a text that is to be a key, so that it need not be tried; undefined when nothing is. Quotes nothing of it. */
export function mistakeInKey(text: string): string | undefined {
  const [, mistake] = text.length > LOOKED_AT ? [] : (PASTED_ALONG.find(([pattern]) => pattern.test(text)) ?? [])
  if (mistake !== undefined || PLAIN_KEY.test(text)) return mistake
  return 'must have 20 to 500 printable ASCII characters and no spaces'
}
