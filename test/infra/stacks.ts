import { config } from '../../infra/config.ts'
import { countedStage } from '../../tools/costs/count-stack.ts'
import type { CognitoSignIn, StageConfig } from '../../infra/settings/stage-config.ts'

const EVERY_6_HOURS = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }
const NIGHTLY = { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin', default: false }
const WEEKDAYS = { name: 'weekdays', expression: 'cron(0 6 ? * MON-FRI *)', timeZone: 'UTC', default: false }

/** What `everything` takes from its account. */
export const CUSTOMER_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef'
export const ALARM_TOPIC = 'arn:aws:sns:eu-central-1:111122223333:on-call'
export const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary'

/** Nobody's address, and not the sample's either: that one is warned of. */
const COGNITO: CognitoSignIn = { kind: 'cognito', firstAdministratorEmail: 'ada@acme.internal' }

/** The stage that is to be deployed in earnest, as somebody has filled it in, with what a test changes. */
export function aStage(overrides: Partial<StageConfig> = {}): StageConfig {
  const { prod } = config.stages
  if (prod === undefined) throw new Error('infra/config.ts has no stage “prod”.')
  const signIn = { ...COGNITO, scriptClient: { access: 'read' } } as const
  return { ...prod, signIn, alarmEmail: 'oncall@acme.internal', ...overrides }
}

const production = aStage({
  schedules: [NIGHTLY, EVERY_6_HOURS],
  syncsAtOnce: 7,
  roles: { claim: 'cognito:groups', viewer: ['readers'], admin: ['owners'] },
  recoveryDays: 35,
  removalPolicy: 'retain',
  logRetentionDays: 90,
})

const issuer = { kind: 'oidc', issuer: 'https://id.example.com/rollcall', audiences: ['rollcall', 'scripts'] } as const

const ownIssuer = aStage({
  region: 'eu-central-1',
  signIn: {
    ...issuer,
    dashboard: {
      clientId: 'rollcall-web',
      scopes: ['openid', 'email'],
      authorizeParameters: { audience: 'rollcall' },
      tokenOrigins: ['https://tokens.example.com'],
      signOutUrl: 'https://tokens.example.com/logout',
    },
  },
  roles: { claim: ['realm_access', 'roles'], viewer: ['reader', 'auditor'], admin: ['owner'] },
  throttle: { requestsPerSecond: 5, burst: 9 },
  tags: { 'cost-center': '4711' },
  alarmEmail: undefined,
})

/** Every option that a stage may set is set. */
const everything = aStage({
  region: 'eu-central-1',
  schedules: [NIGHTLY, EVERY_6_HOURS],
  kmsKeyArn: CUSTOMER_KEY,
  alarmEmail: undefined,
  alarmTopicArn: ALARM_TOPIC,
  permissionsBoundaryArn: BOUNDARY,
  bootstrapQualifier: 'acme',
  domain: {
    name: 'rollcall.acme.internal',
    apiName: 'rollcall-api.acme.internal',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0001',
    hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'acme.internal' },
  },
  access: {
    webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/company/5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0002',
    allowedAddresses: ['203.0.113.0/24', '198.51.100.7', '2001:db8:40::/44'],
    secretVersion: '5e0f6c5e-9d5b-4c39-a2ab-1c7a7e6f0003',
  },
  priceClass: 'PriceClass_All',
})

/** A stack’s id in its app, which is its name in AWS too, and what its deployer decided. */
export interface TestedStack {
  readonly id: string
  readonly config: StageConfig
  /** What another CDK app says beside it. */
  readonly env?: { readonly region: string }
}

/** The stacks that the tests look at. They are synthesized together, once in a run: `synthesized` gives their templates. */
export const STACKS = {
  /** People are in Cognito, scripts may read; for any region; nothing is lost when the stack goes. */
  production: { id: 'Test', config: production },
  /** Signing in is by an issuer of the company’s own; in one region; alarms are sent to nobody. */
  ownIssuer: { id: 'Test', config: ownIssuer },
  /** Nothing is left when the stack goes; no scripts. Cognito would take no address that is made of its name. */
  removable: {
    id: 'my-aws',
    config: { ...production, signIn: { ...COGNITO, domainPrefix: 'people-of-acme' }, removalPolicy: 'destroy' },
  },
  /** In the same account as `production`: with the sample’s addresses, syncs on weekdays only, scripts that write. */
  second: {
    id: 'Other',
    config: {
      ...production,
      schedules: [{ ...WEEKDAYS, default: true }],
      signIn: { ...COGNITO, firstAdministratorEmail: 'admin@example.com', scriptClient: { access: 'read_write' } },
      alarmEmail: 'oncall@example.com',
    },
  },
  /** Every option is switched on. */
  everything: { id: 'Test', config: everything },
  /** `production` with one of its schedules, and with that one changed. */
  oneSchedule: { id: 'Test', config: { ...production, schedules: [EVERY_6_HOURS] } },
  changedSchedule: {
    id: 'Test',
    config: {
      ...production,
      schedules: [{ ...EVERY_6_HOURS, expression: 'cron(30 4 * * ? *)', timeZone: 'Europe/Berlin' }],
    },
  },
  /** Schedules of every kind. The issuer has no client for the dashboard, so that only the API can be used. */
  apiOnly: {
    id: 'Test',
    config: {
      ...production,
      signIn: issuer,
      schedules: [
        EVERY_6_HOURS,
        { ...EVERY_6_HOURS, name: 'often', expression: 'rate(1 minute)', default: false },
        { ...NIGHTLY, name: 'daily', expression: 'cron(0 6 * * ? *)' },
        WEEKDAYS,
        { ...EVERY_6_HOURS, name: 'every-2-days', expression: 'rate(2 days)', default: false },
      ],
    },
  },
  /** The customer’s key with a topic of the stack’s own. */
  ownTopic: { id: 'Test', config: { ...production, kmsKeyArn: CUSTOMER_KEY } },
  /** In a region that CDK does not know yet. */
  newRegion: { id: 'Test', config: { ...production, region: 'eu-north-2' } },
  /** What docs/costs.md counts. */
  counted: { id: 'Costs', config: countedStage() },
} satisfies Record<string, TestedStack>

/** Stacks that are refused: their configuration is wrong, or Cognito would take no address that is made of their name. */
export const REFUSED_STACKS: readonly TestedStack[] = [
  { id: 'Theirs', config: { ...production, windowDays: 0 } },
  { id: 'my-aws', config: production },
  { id: 'TaggedTooMuch', config: { ...production, tags: manyTags(50) } },
  { id: 'InChina', config: production, env: { region: 'cn-north-1' } },
]

function manyTags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x'.repeat(60)]))
}
