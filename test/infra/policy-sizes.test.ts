import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { assemblies, synthesized } from './synthesized.ts'

/** In characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_AT_MOST = 6_144
const INLINE_POLICIES_OF_A_ROLE_AT_MOST = 10_240

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'ap-southeast-2',
  'AWS::AccountId': '111122223333',
  'AWS::URLSuffix': 'amazonaws.com',
}
/** As long as the ARN of a resource with a long generated name. */
const REFERENCE = 'x'.repeat(150)

const policySchema = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.object({ Ref: z.string() })) })
const joinSchema = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })

/** Replaces references by texts that are at least as long as the deployed values. */
function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledIn)
  if (typeof value !== 'object' || value === null) return value
  if ('Ref' in value) return PSEUDO_PARAMETERS[String(value.Ref)] ?? REFERENCE
  const join = joinSchema.safeParse(value).data?.['Fn::Join']
  if (join !== undefined) return join[1].map((each) => String(filledIn(each))).join(join[0])
  if ('Fn::Sub' in value)
    return String(value['Fn::Sub']).replaceAll(/\$\{(.*?)\}/g, (_, name) => PSEUDO_PARAMETERS[name] ?? REFERENCE)
  if (Object.keys(value).some((name) => name.startsWith('Fn::'))) return REFERENCE
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filledIn(each)]))
}

const lengthOf = (document: unknown) => JSON.stringify(filledIn(document)).length

function policiesIn(template: Template, type: string) {
  return Object.values(template.findResources(type)).map(({ Properties }) => policySchema.parse(Properties))
}

const app = Template.fromString(readFileSync(join(await assemblies(), 'app', 'Rollcall-prod.template.json'), 'utf8'))

test.each([
  ['as the CDK app deploys it, the whole dashboard included', app],
  ['with every option', await synthesized('everything')],
])('No policy is larger than IAM takes: %s', (_, template) => {
  const inline = policiesIn(template, 'AWS::IAM::Policy')
  expect(inline.length).toBeGreaterThan(3)
  const byRole = Map.groupBy(inline, ({ Roles }) => Roles.map(({ Ref }) => Ref).join())
  const sums = [...byRole.values()].map((of) => of.reduce((sum, each) => sum + lengthOf(each.PolicyDocument), 0))
  expect(Math.max(...sums)).toBeLessThan(INLINE_POLICIES_OF_A_ROLE_AT_MOST)
  const managed = policiesIn(template, 'AWS::IAM::ManagedPolicy').map(({ PolicyDocument }) => lengthOf(PolicyDocument))
  expect(managed.filter((length) => length > MANAGED_POLICY_AT_MOST)).toEqual([])
})
