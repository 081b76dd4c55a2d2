import { KEY_PREFIXES, providerOf, providerOfKey } from '../providers/find-provider.ts'

const PLAIN_KEY = /^[\x21-\x7e]{20,500}$/
/** Longer than any key with what may surround it: longer texts are not looked at closely. */
const LOOKED_AT = 700

const QUOTES = '"\'`´‘’‚‛“”„‟«»‹›＂＇'
/** How any provider's keys begin: letters and dashes. */
const KEY_START = `(?:${KEY_PREFIXES.join('|')})`

/** What comes along when a key is copied, and what to say of it: the first that matches. */
const PASTED_ALONG: readonly (readonly [RegExp, string])[] = [
  [/(^|[\s:"'])bearer\s/i, 'begins with “Bearer”, which is not part of the key: enter the key alone'],
  [
    new RegExp(`^[${QUOTES}]?[\\w$.: -]+[${QUOTES}]?\\s*[=:]\\s*\\\\?[${QUOTES}]?${KEY_START}`, 'i'),
    'begins with the name of a variable or a field: enter the key alone, which follows the “=” or “:”',
  ],
  [
    new RegExp(`^\\\\?[${QUOTES}<([{]|[${QUOTES}>)\\]}]$`),
    'has quotation marks or brackets around it, which are not part of the key: enter the key without them',
  ],
  [/[,;]$/, 'ends with a comma or a semicolon, which is not part of the key: enter the key without it'],
  [/\.\.\.|…|\*{3}|•/, 'is shortened or masked: a key is shown whole only once, when it is created'],
  [/\\/, 'holds a backslash, which no key has: enter the key alone'],
  [new RegExp(`^(?=.*${KEY_START}).*\\s`, 'is'), 'holds a space or a line break: enter the key alone, in one piece'],
]

/** What any provider's keys look like, in any field but their own. */
const KEY_WITHIN = new RegExp(`(?<![a-z0-9])${KEY_START}[a-z0-9_-]{20,}`, 'i')

/** True for a text with a key in it. */
export function holdsKey(text: string): boolean {
  return KEY_WITHIN.test(text)
}

/** What is wrong with a text that is to be a key, so that it need not be tried; undefined when nothing is. Quotes nothing of it. */
export function mistakeInKey(text: string): string | undefined {
  const [, mistake] = text.length > LOOKED_AT ? [] : (PASTED_ALONG.find(([pattern]) => pattern.test(text)) ?? [])
  if (mistake !== undefined || PLAIN_KEY.test(text)) return mistake
  return 'must have 20 to 500 printable ASCII characters and no spaces'
}

/** The same of a key that is to be one provider's: another provider's is recognized by its prefix, and is not sent there. */
export function mistakeInProvidersKey(providerId: string, text: string): string | undefined {
  const { id, name, key } = providerOf(providerId)
  const owner = providerOfKey(text)
  return owner === undefined || owner.id === id
    ? undefined
    : `is a key of ${owner.name}: enter one of ${name} (${key.label}), or choose ${owner.name} as the provider`
}
