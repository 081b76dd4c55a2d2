import * as z from 'zod'
import { domainInAscii } from '../data-sets/directory/company-domains.ts'
import { isDay } from '../domain/day.ts'
import { hasUnseen, isSeen } from '../domain/unseen-characters.ts'
import { holdsKey, mistakeInKey } from './pasted-key.ts'

/** A time in an answer: ISO 8601 UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 }).meta({ example: '2026-11-24T06:00:12.345Z' })

/** A UTC calendar day that exists. */
export const day = z
  .string()
  .refine(isDay, { error: 'must be a day that exists, written YYYY-MM-DD' })
  .meta({ override: { type: 'string', format: 'date' }, example: '2026-11-24' })

/** A number of something: 0 or more. */
export const count = z.int().nonnegative()

/** An exact amount of money: a decimal text without exponent and trailing zeros. */
export const amount = z
  .string()
  .regex(/^(?!-0$)-?(0|[1-9]\d*)(\.\d{0,9}[1-9])?$/)
  .meta({ description: 'Money in the currency’s main unit, exact to ten decimals.', example: '12.5' })

/** An ISO 4217 code. */
export const currency = z.string().meta({ example: 'USD' })

/** Costs in the window. */
export const cost = z.strictObject({ amount, currency })

const NAME_LENGTH = 100

/** Such texts are stored and shown to everybody: a key that was pasted into the wrong field must not be. */
const holdsNoKey = (text: string) => !holdsKey(text)
const HOLDS_KEY = { error: 'looks like a key, which is stored nowhere but in the key store' }

const IS_VISIBLE = { error: 'must not hold control characters, line breaks or invisible marks' }

const isVisible = (text: string) => text.isWellFormed() && !hasUnseen(text)

/** A text as entered, of which everything can be seen, and that holds no key. */
export function visibleText(charactersAtMost: number) {
  return z
    .string()
    .refine((text) => Array.from(text).length <= charactersAtMost, {
      error: `must have at most ${charactersAtMost} characters`,
    })
    .refine(isVisible, IS_VISIBLE)
    .refine(holdsNoKey, HOLDS_KEY)
}

/** The most characters of a text by people, such as a reason or a note. */
export const FREE_TEXT_LENGTH = 1000

/** A text by people about something: 1 to `longest` characters that can be seen, and no key. */
export function freeText(longest: number) {
  return z
    .string()
    .trim()
    .normalize('NFC')
    .refine((text) => isSeen(text) && Array.from(text).length <= longest, {
      error: `must have 1 to ${longest} characters`,
    })
    .refine(isVisible, IS_VISIBLE)
    .refine(holdsNoKey, HOLDS_KEY)
    .meta({ override: { minLength: 1, maxLength: longest } })
}

/** An integration's name, trimmed and in NFC: 1 to 100 characters that can be seen, and no key. */
export const integrationName = freeText(NAME_LENGTH).meta({ example: 'Acme Europe' })

/** An Admin API key as it is sent, blanks around it taken off. What else was pasted with it is refused, and named. */
export const adminApiKey = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const message = mistakeInKey(text)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .meta({
    description: 'An Admin API key of the organization. It goes to the key store and is never shown again.',
    override: withoutPattern({ minLength: 20, maxLength: 500, writeOnly: true, format: 'password' }),
  })

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/** What nobody sees or everybody sees differently: spaces, control and formatting characters. */
const NOT_IN_DOMAIN = /[\p{C}\p{Z}]/u

/** A domain in letters or in punycode, as entered but for case: `müller.example`, `xn--mller-kva.example`. */
const domainName = z
  .string()
  .trim()
  .normalize('NFC')
  .toLowerCase()
  .refine((text) => !NOT_IN_DOMAIN.test(text) && DOMAIN.test(domainInAscii(text)), {
    error: 'must be a domain name such as example.com',
  })
  .refine((text) => holdsNoKey(text) && holdsNoKey(domainInAscii(text)), HOLDS_KEY)

/** The company's email domains, lower case; null or an empty list infers them. */
export const companyDomains = z
  .array(domainName.meta({ override: withoutPattern({}), example: 'example.com' }))
  .max(50, { error: 'must hold at most 50 domain names' })
  .nullable()
  .meta({ description: 'The company’s email domains. Null or an empty list infers them from the active owners.' })

/** The name of a schedule; null means the default one. */
export const scheduleName = z.string().min(1).max(100).nullable()

const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

/** When a key expires, with an offset from UTC. */
export const keyExpiry = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date-time with an offset, such as 2027-01-31T00:00:00Z' })
  .refine((text) => !(Date.parse(text) > LAST_INSTANT), { error: 'must lie before the year 10000, in UTC' })
  .nullable()

/** How many items a page holds at most. */
export const pageLimit = z
  .string()
  .regex(/^\d{1,4}$/, { error: 'must be a whole number from 1 to 1000' })
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 1000, { error: 'must be a whole number from 1 to 1000' })
  .default(50)
  .meta({ override: withoutPattern({ type: 'integer', minimum: 1, maximum: 1000, default: 50 }) })

/** Where the page before ended. Opaque. */
export const cursor = z.string().min(1, { error: 'must not be empty' }).max(4000, { error: 'is too long' }).optional()

/** The cursor of the next page, null on the last one. */
export const nextCursor = z.string().nullable()

/** What the document says of a text that is trimmed, lower-cased or turned into a number before its pattern is tried. */
export function withoutPattern(properties: Record<string, unknown>) {
  return ({ jsonSchema }: { jsonSchema: object & { pattern?: unknown } }): void => {
    delete jsonSchema.pattern
    Object.assign(jsonSchema, properties)
  }
}
