import { expect, test } from '@jest/globals'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { createTableInput } from '../../shared/storage/table.ts'
import { assemblyFile, type StackName, synthesized } from './synthesized.ts'

const production = await synthesized('production')
const removable = await synthesized('removable')
const second = await synthesized('second')

const manifestSchema = z.object({
  artifacts: z.object({
    Test: z.object({ environment: z.string(), properties: z.object({ tags: z.record(z.string(), z.string()) }) }),
  }),
})

/** What the CDK command line gets besides the template. */
async function manifestOf(name: StackName): Promise<z.infer<typeof manifestSchema>['artifacts']['Test']> {
  return manifestSchema.parse(JSON.parse(await assemblyFile(name, 'manifest.json'))).artifacts.Test
}

test('A stack without a region can be deployed anywhere; with one it is bound to it', async () => {
  expect((await manifestOf('production')).environment).toBe('aws://unknown-account/unknown-region')
  expect((await manifestOf('ownIssuer')).environment).toBe('aws://unknown-account/eu-central-1')
})

test('The configured tags are on the stack, from which CloudFormation tags all resources', async () => {
  expect((await manifestOf('ownIssuer')).properties.tags).toEqual({ 'cost-center': '4711' })
})

test('Global CloudFront resources have the region in their name, so a stage can be in two regions', () => {
  const names = [
    ...Object.values(production.findResources('AWS::CloudFront::ResponseHeadersPolicy')),
    ...Object.values(production.findResources('AWS::CloudFront::OriginAccessControl')),
    ...Object.values(production.findResources('AWS::CloudFront::Function')),
  ].map(({ Properties }) =>
    JSON.stringify(
      Properties.ResponseHeadersPolicyConfig?.Name ?? Properties.OriginAccessControlConfig?.Name ?? Properties.Name,
    ),
  )
  expect(names).toHaveLength(4)
  for (const name of names) expect(name).toContain('{"Ref":"AWS::Region"}')
})

/** The names that must be unique within an account. */
function namesOf(template: Template): string[] {
  const groups = Object.values(template.findResources('AWS::Scheduler::ScheduleGroup'))
  const domains = Object.values(template.findResources('AWS::Cognito::UserPoolDomain'))
  const functions = JSON.stringify(template.findResources('AWS::Lambda::Function'))
  return [
    ...groups.map(({ Properties }) => String(Properties.Name)),
    ...domains.map(({ Properties }) => JSON.stringify(Properties.Domain)),
    ...(functions.match(/"ADMIN_KEY_PREFIX":"[^"]*"/g) ?? []),
  ]
}

test('Two stacks in one account share no names of schedules, sign-in page or secrets', () => {
  const [one, two] = [namesOf(production), namesOf(second)]
  expect(one).toHaveLength(5)
  expect(one.filter((name) => two.includes(name))).toEqual([])
})

test('The stack’s table has the keys of the tests’ table, is recoverable, protected against deletion and retained', () => {
  const { KeySchema, AttributeDefinitions } = createTableInput('any')
  production.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: Match.objectLike({
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    }),
  })
  expect(Object.keys(production.findResources('AWS::DynamoDB::Table'))).toHaveLength(1)
})

test('A stage that may be destroyed leaves neither table nor user pool, and its table is recoverable until then', () => {
  removable.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Delete',
    Properties: Match.objectLike({
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  })
  removable.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Delete' })
})

/** The paths in the template at which two syntheses differ. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isInner(before) || !isInner(after)) return [path]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => differences(before[name], after[name], path === '' ? name : `${path}/${name}`))
}

function isInner(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The differences of two templates, ignoring hashes in logical ids. */
function change(from: Template, to: Template): string[] {
  return differences(from.toJSON(), to.toJSON())
    .map((path) =>
      path
        .replace('Resources/', '')
        .replace(/[0-9A-F]{8}(?=\/|$)/, '')
        .replace(/\/Fn::Join.*/, ''),
    )
    .toSorted()
}

test('A schedule’s new expression only changes that schedule, the api’s information about it, and its alarms', async () => {
  expect(change(await synthesized('oneSchedule'), await synthesized('changedSchedule'))).toEqual([
    'HttpApiFunction/Properties/Environment/Variables/SCHEDULES',
    'MonitoringDidNotRunevery6hours/Properties/EvaluationPeriods',
    'MonitoringSyncsWaiting/Properties/Threshold',
    'SyncPipelineSchedulesevery6hours/Properties/ScheduleExpression',
    'SyncPipelineSchedulesevery6hours/Properties/ScheduleExpressionTimezone',
  ])
})

test('An additional schedule adds its resource and its alarm, informs the functions, and leaves other schedules unchanged', async () => {
  expect(change(await synthesized('oneSchedule'), production)).toEqual([
    'HttpApiFunction/Properties/Environment/Variables/SCHEDULES',
    'MonitoringDidNotRunnightly',
    'MonitoringOverview/Properties/DashboardBody',
    'SyncPipelineDispatch/Properties/Environment/Variables/SCHEDULE_NAMES',
    'SyncPipelineSchedulesnightly',
  ])
})

test.each(['production', 'ownIssuer', 'everything'] as const)(
  'The stack passes AWS’s solution checks of cdk-nag, errors and warnings (%s)',
  async (name) => {
    expect(await assemblyFile(name, 'validation-report.json')).not.toMatch(/"severity": *"(error|warning)"/i)
  },
)

test('The checks report findings that are not acknowledged', async () => {
  expect(await assemblyFile('unencrypted', 'validation-report.json')).toContain('"AwsSolutions-SQS4"')
})
