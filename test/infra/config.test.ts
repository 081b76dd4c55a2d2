import { expect, test } from '@jest/globals'
import { checkConfig, checkStage, ConfigError } from '../../infra/check-config.ts'
import { config } from '../../infra/config.ts'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { aStage, anApp } from './synthesize.ts'

/** What is said of a configuration that is wrong in one place. */
function complaint(prod: Record<string, unknown>): string {
  try {
    checkConfig({ ...config, stages: { ...config.stages, prod: { ...aStage(), ...prod } } }, 'infra/config.ts')
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'none'
}

const every6Hours = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }
const nightly = { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin', default: false }

test('The configuration as it stands is sound, and has two stages', () => {
  expect(checkConfig(config, 'infra/config.ts')).toEqual(config)
  expect(Object.keys(config.stages)).toEqual(['dev', 'prod'])
})

test.each([
  [
    { schedules: [every6Hours, { ...nightly, expression: 'cron(0 2 * * *)' }] },
    'infra/config.ts: stages.prod.schedules[1].expression: The schedule cron(0 2 * * *) is not valid: cron takes six fields: minutes hours day month weekday year.',
  ],
  [
    { schedules: [{ ...every6Hours, expression: 'rate(30 seconds)' }] },
    'infra/config.ts: stages.prod.schedules[0].expression: rate(30 seconds) must be like rate(1 hour) or rate(6 hours), in minutes, hours or days',
  ],
  [
    { schedules: [{ ...every6Hours, expression: 'rate(1 hours)' }] },
    'infra/config.ts: stages.prod.schedules[0].expression: rate(1 hours) must be like rate(1 hour) or rate(6 hours), in minutes, hours or days',
  ],
  [
    { schedules: [every6Hours, { ...nightly, timeZone: 'Europe/Berlim' }] },
    'infra/config.ts: stages.prod.schedules[1].timeZone: must be an IANA time zone, such as UTC or Europe/Berlin',
  ],
  [
    { schedules: [every6Hours, { ...nightly, name: 'every-6-hours' }] },
    'infra/config.ts: stages.prod.schedules[1].name: another schedule is named “every-6-hours” too',
  ],
  [{ schedules: [nightly] }, 'infra/config.ts: stages.prod.schedules: exactly one schedule must be the default; 0 are'],
  [
    { schedules: [every6Hours, { ...nightly, default: true }] },
    'infra/config.ts: stages.prod.schedules: exactly one schedule must be the default; 2 are',
  ],
  [{ windowDays: 366 }, 'infra/config.ts: stages.prod.windowDays: Too big: expected number to be <=365'],
  [{ windowDay: 60 }, 'infra/config.ts: stages.prod.windowDay: there is no such field'],
  [{ alarmEmail: 'nobody' }, 'infra/config.ts: stages.prod.alarmEmail: must be an email address'],
  [
    { signIn: { kind: 'cognito', firstAdministratorEmail: '' } },
    'infra/config.ts: stages.prod.signIn.firstAdministratorEmail: must be an email address',
  ],
  [
    { signIn: { kind: 'oidc', issuer: 'http://id.example.com', audiences: ['rollcall'] } },
    'infra/config.ts: stages.prod.signIn.issuer: must be an https address (http only on this machine)',
  ],
  [
    { signIn: { kind: 'oidc', issuer: 'https://id.example.com', audiences: [] } },
    'infra/config.ts: stages.prod.signIn.audiences: must name an audience',
  ],
  [
    { roles: { claim: 'groups', viewer: [], admin: ['admins'] } },
    'infra/config.ts: stages.prod.roles.claim: must be “cognito:groups” when people sign in with Cognito',
  ],
  [
    { roles: { claim: 'cognito:groups', viewer: [], admin: [] } },
    'infra/config.ts: stages.prod.roles.admin: must name a value: nobody could write',
  ],
  [{ syncsAtOnce: 1 }, 'infra/config.ts: stages.prod.syncsAtOnce: Too small: expected number to be >=2'],
  [
    { removalPolicy: 'keep' },
    'infra/config.ts: stages.prod.removalPolicy: Invalid option: expected one of "retain"|"destroy"',
  ],
  [{ region: 'Frankfurt' }, 'infra/config.ts: stages.prod.region: must be an AWS region, such as eu-central-1'],
])('A mistake is told in one line that names the field (%#)', (mistake, line) => {
  expect(complaint(mistake)).toBe(line)
})

test('Of several mistakes the first is told, and how many more there are', () => {
  expect(complaint({ windowDays: 0, keepRemovedDays: 0 })).toBe(
    'infra/config.ts: stages.prod.windowDays: Too small: expected number to be >=1 (and 1 more)',
  )
})

test('The default stage must be one that there is', () => {
  expect(() => checkConfig({ ...config, defaultStage: 'test' }, 'infra/config.ts')).toThrow(
    new ConfigError('infra/config.ts: defaultStage: must be the name of a stage'),
  )
})

test('A log retention that CloudWatch does not offer is refused, and the ones it does are named', () => {
  expect(() => checkStage(aStage({ logRetentionDays: 10 }), 'stage')).toThrow(
    /^stage\.logRetentionDays: must be one of 1, 3, 5, 7, 14,/,
  )
})

test('The stack checks what another CDK app hands it', () => {
  expect(() => new RollcallStack(anApp(), 'Theirs', { config: aStage({ windowDays: 0 }) })).toThrow(
    new ConfigError('Theirs.config.windowDays: Too small: expected number to be >=1'),
  )
})
