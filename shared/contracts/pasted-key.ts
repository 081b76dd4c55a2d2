import { KEY_PREFIXES, providerOf, providerOfKey } from '../providers/find-provider.ts'

const PLAIN_KEY = /^[\x21-\x7e]{20,500}$/
/** Longer than any key with surrounding text. Longer texts are not examined. */
const LOOKED_AT = 700

const QUOTES = '"\'`´‘’‚‛“”„‟«»‹›＂＇'
/** The key prefixes of all providers: letters and dashes. */
const KEY_START = `(?:${KEY_PREFIXES.join('|')})`

/** Text that is copied along with a key, and the message about it. The first match decides. */
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

/** The form of any provider's key, to find keys in other fields. */
const KEY_WITHIN = new RegExp(`(?<![a-z0-9])${KEY_START}[a-z0-9_-]{20,}`, 'i')

/**
 * The id of an access key of AWS, which comes with a secret that has no form of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const AWS_KEY_ID_WITHIN = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/
/** Allowed in texts. Within a key they would hide it. */
const JOINERS = /[\u200c\u200d]/g

/** True for a text that contains a key. */
export function holdsKey(text: string): boolean {
  const plain = text.replaceAll(JOINERS, '')
  return KEY_WITHIN.test(plain) || AWS_KEY_ID_WITHIN.test(plain)
}

/** The mistake in a pasted key, found without a request. Undefined when there is none. The message quotes no part of the key. */
export function mistakeInKey(text: string): string | undefined {
  const [, mistake] = text.length > LOOKED_AT ? [] : (PASTED_ALONG.find(([pattern]) => pattern.test(text)) ?? [])
  if (mistake !== undefined || PLAIN_KEY.test(text)) return mistake
  return 'must have 20 to 500 printable ASCII characters and no spaces'
}

/** The same for one provider's key. Another provider's key is recognized by its prefix, so it is not sent to the wrong one. */
export function mistakeInProvidersKey(providerId: string, text: string): string | undefined {
  const { id, name, key } = providerOf(providerId)
  const owner = providerOfKey(text)
  return owner === undefined || owner.id === id
    ? undefined
    : `is a key of ${owner.name}: enter one of ${name} (${key.label}), or choose ${owner.name} as the provider`
}
