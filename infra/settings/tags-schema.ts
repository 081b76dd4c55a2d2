import * as z from 'zod'

/**
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html. The api's policy names the tags, and
 * a policy holds no characters past U+00FF: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
const TAG_SIGNS = /^(?=[\x20-\xff]*$)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const KEY_LENGTH = 128
const VALUE_LENGTH = 256

/**
 * The most tags that CloudFormation accepts for a stack.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
const TAGS_AT_MOST = 50

/** Characters that every service accepts in tags. Some accept more. */
export const tagsSchema = z.record(z.string(), z.string()).superRefine((tags, context) => {
  const keys = Object.keys(tags)
  if (keys.length > TAGS_AT_MOST) context.addIssue(`must be ${TAGS_AT_MOST} at most`)
  keys.forEach((key, index) => {
    const reason = whyNotTag(key, tags[key] ?? '', keys.slice(0, index))
    if (reason !== undefined) context.addIssue({ code: 'custom', path: [key], message: reason })
  })
})

function whyNotTag(key: string, value: string, before: readonly string[]): string | undefined {
  if (/^aws:/i.test(key)) return 'a tag’s key must not begin with aws:'
  if (key.trim() === '' || key.length > KEY_LENGTH || !TAG_SIGNS.test(key)) {
    return `a tag’s key must consist of Latin letters, digits, spaces and _ . : / = + - @, ${KEY_LENGTH} at most`
  }
  if (value.length > VALUE_LENGTH || !TAG_SIGNS.test(value)) {
    return `must consist of Latin letters, digits, spaces and _ . : / = + - @, ${VALUE_LENGTH} at most`
  }
  const isThere = before.some((other) => other.toLowerCase() === key.toLowerCase())
  return isThere ? 'another tag’s key differs only in case, which some services ignore' : undefined
}
