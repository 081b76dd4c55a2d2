import { expect, test } from '@jest/globals'
import { checkConfig, checkStage, chosenStage, ConfigError } from '../../infra/settings/check-config.ts'
import { config } from '../../infra/config.ts'
import { PROVIDER_IDS } from '../../shared/providers/find-provider.ts'
import { complaint } from './complaint.ts'
import { aStage } from './stacks.ts'
import { refusals, warningsOf } from './synthesized.ts'

const every6Hours = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }
const nightly = { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin', default: false }

test('The sample configuration is valid and has two stages', () => {
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
  [
    { findings: { staleKeyDays: 1.5 } },
    'infra/config.ts: stages.prod.findings.staleKeyDays: Invalid input: expected int, received number',
  ],
  [
    { findings: { spikeCoveredDays: 29 } },
    'infra/config.ts: stages.prod.findings.spikeCoveredDays: must be at most spikeBaselineDays',
  ],
  [{ findings: { staleKey: 1 } }, 'infra/config.ts: stages.prod.findings.staleKey: there is no such field'],
  [{ keepReviewsDays: 29 }, 'infra/config.ts: stages.prod.keepReviewsDays: Too small: expected number to be >=30'],
  [{ keepReviewsDays: 3651 }, 'infra/config.ts: stages.prod.keepReviewsDays: Too big: expected number to be <=3650'],
  [{ windowDay: 60 }, 'infra/config.ts: stages.prod.windowDay: there is no such field'],
  [{ alarmEmail: 'nobody' }, 'infra/config.ts: stages.prod.alarmEmail: must be an email address'],
  [{ syncsAtOnce: 1 }, 'infra/config.ts: stages.prod.syncsAtOnce: Too small: expected number to be >=2'],
  [
    { removalPolicy: 'keep' },
    'infra/config.ts: stages.prod.removalPolicy: Invalid option: expected one of "retain"|"destroy"',
  ],
  [
    { schedules: [every6Hours, { ...nightly, expression: 'cron(0 6 30 2 ? *)' }] },
    'infra/config.ts: stages.prod.schedules[1].expression: cron(0 6 30 2 ? *) never runs from now on',
  ],
  [
    { schedules: [every6Hours, { ...nightly, expression: 'cron(0 6 * * ? 2020)' }] },
    'infra/config.ts: stages.prod.schedules[1].expression: cron(0 6 * * ? 2020) never runs from now on',
  ],
  [
    { schedules: [every6Hours, { ...nightly, expression: 'cron(0 6 * * ? 2030-3000)' }] },
    'infra/config.ts: stages.prod.schedules[1].expression: The schedule cron(0 6 * * ? 2030-3000) is not valid: the year “2030-3000” is not within 1970 and 2199.',
  ],
  [{ tags: { 'aws:x': '1' } }, 'infra/config.ts: stages.prod.tags.aws:x: a tag’s key must not begin with aws:'],
  [
    { tags: { team: 'a;b{}' } },
    'infra/config.ts: stages.prod.tags.team: must consist of Latin letters, digits, spaces and _ . : / = + - @, 256 at most',
  ],
  [
    { tags: { team: '1', 'te?am': '2' } },
    'infra/config.ts: stages.prod.tags.te?am: a tag’s key must consist of Latin letters, digits, spaces and _ . : / = + - @, 128 at most',
  ],
  [
    { tags: { team: 'отдел' } },
    'infra/config.ts: stages.prod.tags.team: must consist of Latin letters, digits, spaces and _ . : / = + - @, 256 at most',
  ],
  [
    { tags: { team: '1', Team: '2' } },
    'infra/config.ts: stages.prod.tags.Team: another tag’s key differs only in case, which some services ignore',
  ],
  [
    { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, ''])) },
    'infra/config.ts: stages.prod.tags: must be 50 at most',
  ],
  [
    { providerBaseUrls: { openai: 'http://127.0.0.1:8080/v1' } },
    'infra/config.ts: stages.prod.providerBaseUrls.openai: must be an https address that AWS can reach',
  ],
  [
    { providerBaseUrls: { nobody: 'https://proxy.example.com' } },
    `infra/config.ts: stages.prod.providerBaseUrls.nobody: must be the id of a provider: ${PROVIDER_IDS.join(', ')}`,
  ],
])('A mistake is reported in one line that names the field (%#)', (mistake, line) => {
  expect(complaint(mistake)).toBe(line)
})

test('Of several mistakes the first is reported, with the number of others', () => {
  expect(complaint({ windowDays: 0, keepRemovedDays: 0 })).toBe(
    'infra/config.ts: stages.prod.windowDays: Too small: expected number to be >=1 (and 1 more)',
  )
})

test('An invalid name of a stage is reported with the reason', () => {
  expect(() =>
    checkConfig({ ...config, stages: { ...config.stages, 'My Stage': aStage() } }, 'infra/config.ts'),
  ).toThrow(
    new ConfigError(
      'infra/config.ts: stages.My Stage: a stage’s name must consist of lower case letters, digits and hyphens',
    ),
  )
})

test('On an AWS emulator, issuer and provider can be on this machine', () => {
  const local = { providerBaseUrls: { openai: 'http://127.0.0.1:8080/v1' } }
  expect(checkStage(aStage(local), 'stage', { onEmulator: true })).toMatchObject(local)
  expect(() => checkStage(aStage(local), 'stage')).toThrow(ConfigError)
})

test('The default stage must exist', () => {
  expect(() => checkConfig({ ...config, defaultStage: 'test' }, 'infra/config.ts')).toThrow(
    new ConfigError('infra/config.ts: defaultStage: must be the name of a stage'),
  )
})

test('Without a name the default stage is used', () => {
  expect(chosenStage(config, undefined, 'infra/config.ts')).toEqual({ name: 'dev', config: config.stages['dev'] })
})

test.each(['test', 'toString'])('An unknown stage (%s) is refused with the names of existing ones', (name) => {
  expect(() => chosenStage(config, name, 'infra/config.ts')).toThrow(
    new ConfigError(`infra/config.ts: stages.${name}: it does not exist; the stages are dev, prod`),
  )
})

test('An unsupported log retention is refused with the supported ones', () => {
  expect(() => checkStage(aStage({ logRetentionDays: 10 }), 'stage')).toThrow(
    /^stage\.logRetentionDays: must be one of 1, 3, 5, 7, 14,/,
  )
})

test('The stack checks what another CDK app passes to it', async () => {
  expect((await refusals())['Theirs']).toBe('Theirs.config.windowDays: Too small: expected number to be >=1')
})

test('A stage takes the region of another CDK app’s environment, and must not contradict it', async () => {
  const stage = { ...config.stages['prod'], region: undefined }
  expect(checkStage(stage, 'stage', { region: 'eu-west-1' }).region).toBe('eu-west-1')
  expect(() => checkStage({ ...stage, region: 'us-west-2' }, 'stage', { region: 'eu-west-1' })).toThrow(
    new ConfigError('stage.region: is us-west-2, and the app’s env.region eu-west-1: name one of them'),
  )
  const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef'
  expect(() => checkStage({ ...stage, kmsKeyArn }, 'stage', { region: 'us-west-2' })).toThrow(/^stage\.kmsKeyArn: /)
})

test('Each field that still has the sample’s address causes a warning', async () => {
  expect(await warningsOf('second')).toEqual([
    'signIn.firstAdministratorEmail: admin@example.com is the address of an example: set your own before you deploy',
    'alarmEmail: oncall@example.com is the address of an example: set your own before you deploy',
  ])
  expect(await warningsOf('production')).toEqual([])
})
