import { expect, test } from '@jest/globals'
import { TimeZone } from 'aws-cdk-lib'
import { checkRegion, ConfigError } from '../../infra/settings/check-config.ts'
import { complaint } from './complaint.ts'
import { ALARM_TOPIC, CUSTOMER_KEY } from './stacks.ts'
import { refusals, warningsOf } from './synthesized.ts'

const every6Hours = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }

test.each([
  [{ region: 'xx-nowhere-9' }, 'infra/config.ts: stages.prod.region: must be an AWS region, such as eu-central-1'],
  [{ region: 'Frankfurt' }, 'infra/config.ts: stages.prod.region: must be an AWS region, such as eu-central-1'],
  [
    { region: 'eu-centrl-1' },
    'infra/config.ts: stages.prod.region: must be an AWS region, such as eu-central-1; did you mean eu-central-1?',
  ],
  [
    { region: 'us-gov-west-1' },
    'infra/config.ts: stages.prod.region: us-gov-west-1 is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1',
  ],
  [
    { region: 'cn-west-7' },
    'infra/config.ts: stages.prod.region: cn-west-7 is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1',
  ],
  [
    { kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:alias/rollcall' },
    'infra/config.ts: stages.prod.kmsKeyArn: must be the ARN of a KMS key (not of an alias), such as arn:aws:kms:eu-central-1:111122223333:key/…',
  ],
  [
    { region: 'eu-west-1', kmsKeyArn: CUSTOMER_KEY },
    'infra/config.ts: stages.prod.kmsKeyArn: must be in the stage’s region eu-west-1, not in eu-central-1',
  ],
  [
    { alarmEmail: undefined, alarmTopicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms.fifo' },
    'infra/config.ts: stages.prod.alarmTopicArn: must be the ARN of a standard SNS topic, such as arn:aws:sns:eu-central-1:111122223333:alarms',
  ],
  [
    { region: 'eu-west-1', alarmEmail: undefined, alarmTopicArn: ALARM_TOPIC },
    'infra/config.ts: stages.prod.alarmTopicArn: must be in the stage’s region eu-west-1, not in eu-central-1',
  ],
  [
    { alarmTopicArn: ALARM_TOPIC },
    'infra/config.ts: stages.prod.alarmEmail: must not be set beside alarmTopicArn: subscribe the address to that topic instead',
  ],
  [
    { permissionsBoundaryArn: 'boundary' },
    'infra/config.ts: stages.prod.permissionsBoundaryArn: must be the ARN of a managed policy, such as arn:aws:iam::111122223333:policy/boundary',
  ],
  [
    { bootstrapQualifier: 'longer-than-ten' },
    'infra/config.ts: stages.prod.bootstrapQualifier: must consist of letters, digits, hyphens and underscores, 10 at most',
  ],
])('A mistake in what the account has is reported in one line that names the field (%#)', (mistake, line) => {
  expect(complaint(mistake)).toBe(line)
})

test('A region of another partition is refused, even if another CDK app or the credentials set it', async () => {
  const reason =
    'cn-north-1 is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1'
  expect((await refusals())['InChina']).toBe(`InChina.env.region: ${reason}`)
  expect(() => {
    checkRegion('cn-north-1', 'the region of your credentials')
  }).toThrow(new ConfigError(`the region of your credentials: ${reason}`))
})

test('An unknown region with a valid name is accepted with a warning', async () => {
  expect(await warningsOf('newRegion')).toEqual([
    'region: eu-north-2 is not known to this version of CDK: check it for a typing error',
  ])
})

test('An environment larger than Lambda accepts is refused in one line that names the large fields', async () => {
  expect((await refusals())['TaggedTooMuch']).toMatch(
    /^TaggedTooMuch\.config\.tags: the environment of the api function would have [45]\d{3} bytes, and Lambda accepts 4096: shorten these \(tags 3\d{3}, schedules \d{3}, roles \d{2,3}, providerBaseUrls \d{1,2}, signIn \d{1,2}\)$/,
  )
})

test.each([
  'Asia/Kolkata',
  'Europe/Kyiv',
  'America/Argentina/Buenos_Aires',
  'Etc/UTC',
  'UTC',
  'Etc/GMT+5',
  'Asia/Calcutta',
])('Every name of the time zone database is a time zone, whether old or new (%s)', (timeZone) => {
  expect(complaint({ schedules: [{ ...every6Hours, timeZone }] })).toBe('none')
  expect(complaint({ schedules: [{ ...every6Hours, expression: 'cron(0 6 * * ? *)', timeZone }] })).toBe('none')
})

test('All time zones that CDK lists are accepted, except the placeholder “Factory”', () => {
  const listed = Object.values(TimeZone).flatMap((zone) => (zone instanceof TimeZone ? [zone.timezoneName] : []))
  expect(listed.length).toBeGreaterThan(300)
  const refused = listed.filter((timeZone) => complaint({ schedules: [{ ...every6Hours, timeZone }] }) !== 'none')
  expect(refused).toEqual(['Factory'])
})

test.each(['+05:30', '-08', 'europe/berlin', 'ASIA/KOLKATA', 'GMT+5', 'Z', '', 'IST', 'JST', 'AST'])(
  'A name that differs from the time zone database is refused (%s)',
  (timeZone) => {
    expect(complaint({ schedules: [{ ...every6Hours, timeZone }] })).toBe(
      'infra/config.ts: stages.prod.schedules[0].timeZone: must be an IANA time zone, such as UTC or Europe/Berlin',
    )
  },
)
