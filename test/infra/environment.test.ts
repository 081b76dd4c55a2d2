import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { apiEnvironment } from '../../functions/api/environment.ts'
import { dispatchEnvironment } from '../../functions/dispatch/environment.ts'
import { syncEnvironment } from '../../functions/sync/environment.ts'
import { synthesized } from './synthesized.ts'

const template = await synthesized('production')
const everything = await synthesized('everything')

/** A function's variables; what is known only once deployed reads as its reference. */
function variablesOf(description: string, from = template): Record<string, string> {
  const [found] = Object.values(
    from.findResources('AWS::Lambda::Function', {
      Properties: { Description: Match.stringLikeRegexp(description) },
    }),
  )
  const variables = z.record(z.string(), z.unknown()).parse(found?.['Properties'].Environment.Variables)
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

test.each([
  ['answers the HTTP API', apiEnvironment],
  ['reads one organization', syncEnvironment],
  ['one message for each integration', dispatchEnvironment],
] as const)('The function that %s gets exactly the variables that it reads', (description, schema) => {
  const variables = variablesOf(description, everything)
  expect(Object.keys(variables).toSorted()).toEqual(Object.keys(schema.shape).toSorted())
  expect(() => schema.parse(variables)).not.toThrow()
  // Without any option, only what belongs to one is not there.
  const { ADMIN_KEY_KMS_KEY: _key, ORIGIN_SECRET_ARN: _secret, ...needed } = variables
  expect(Object.keys(variablesOf(description)).toSorted()).toEqual(Object.keys(needed).toSorted())
  expect(() => schema.parse(variablesOf(description))).not.toThrow()
})

test('Keys are checked for the data sets that syncs read: sign-ins only where the configuration names them', () => {
  for (const description of ['answers the HTTP API', 'reads one organization']) {
    const dataSets = (from: typeof template) => variablesOf(description, from)['OPTIONAL_DATA_SETS']
    expect(dataSets(template)).toBe('["other_usage","costs","keys","invites"]')
    expect(dataSets(everything)).toBe('["invites","logins"]')
  }
})

test('No variable contains a key or a person’s address', () => {
  const all = ['answers the HTTP API', 'reads one organization', 'one message for each'].map((each) =>
    variablesOf(each),
  )
  expect(JSON.stringify(all)).not.toMatch(/sk-|@/)
})
