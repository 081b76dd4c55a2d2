import { describe, expect, test } from '@jest/globals'
import { adminApiKey } from '../../shared/contracts/fields.ts'

const KEY = 'sk-admin-0123456789abcdefWXYZ_-'

function mistakeIn(text: string): string | undefined {
  const parsed = adminApiKey.safeParse(text)
  const messages = parsed.error?.issues.map((issue) => issue.message) ?? []
  expect(messages.length).toBeLessThanOrEqual(1)
  expect(JSON.stringify(messages)).not.toContain(KEY)
  return messages[0]
}

describe('A key pasted with more than itself is refused, and what is wrong is said', () => {
  test.each([
    [`"${KEY}"`, 'quotation marks'],
    [`'${KEY}'`, 'quotation marks'],
    [`“${KEY}”`, 'quotation marks'],
    [`‘${KEY}’`, 'quotation marks'],
    [`’${KEY}’`, 'quotation marks'],
    [`„${KEY}“`, 'quotation marks'],
    [`«${KEY}»`, 'quotation marks'],
    [`\`${KEY}\``, 'quotation marks'],
    [`" ${KEY} "`, 'quotation marks'],
    [`\\"${KEY}\\"`, 'quotation marks'],
    [`"${KEY}`, 'quotation marks'],
    [`${KEY}”`, 'quotation marks'],
    [`"${KEY}",`, 'quotation marks'],
    [`<${KEY}>`, 'brackets'],
    [`${KEY}\\n`, 'backslash'],
    [`Bearer ${KEY}`, 'Bearer'],
    [`bearer  ${KEY}`, 'Bearer'],
    [`"Bearer ${KEY}"`, 'Bearer'],
    [`Authorization: Bearer ${KEY}`, 'Bearer'],
    [`OPENAI_ADMIN_KEY=${KEY}`, 'name of a variable'],
    [`OPENAI_ADMIN_KEY = ${KEY}`, 'name of a variable'],
    [`OPENAI_ADMIN_KEY="${KEY}"`, 'name of a variable'],
    [`export OPENAI_ADMIN_KEY=${KEY}`, 'name of a variable'],
    [`$env:OPENAI_ADMIN_KEY='${KEY}'`, 'name of a variable'],
    [`OPENAI_ADMIN_KEY: ${KEY}`, 'name of a variable'],
    [`"adminApiKey": "${KEY}"`, 'name of a variable'],
    [`${KEY},`, 'comma'],
    [`${KEY};`, 'comma'],
    ['sk-admin-0123…wxyz0000', 'shortened'],
    ['sk-admin-...wxyz00000000', 'shortened'],
    ['sk-admin-************wxyz', 'masked'],
    [`${KEY.slice(0, 15)}\n${KEY.slice(15)}`, 'line break'],
    [`my key ${KEY}`, 'space'],
    [`${KEY}\u200b`, 'printable ASCII'],
    ['sk-admin', '20 to 500'],
    ['x'.repeat(501), '20 to 500'],
  ])('%#: %s', (text, said) => {
    expect(mistakeIn(text)).toContain(said)
  })
})

test('A text that no key is as long as is looked at no further', () => {
  expect(mistakeIn(`${'a '.repeat(30_000)}=`)).toContain('20 to 500')
})

test.each([
  KEY,
  ` ${KEY}\n`,
  `\u00a0${KEY}\ufeff`,
  'sk-proj-0123456789abcdefWXYZ',
  'anything-else-of-20-chars',
  'a=b:c.d/e+f==000000000',
])('A key alone is taken, blanks around it aside: %j', (text) => {
  expect(adminApiKey.parse(text)).toBe(text.trim())
})
