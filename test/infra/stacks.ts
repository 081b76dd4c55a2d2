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

/** An address of nobody that differs from the sample's, which would cause a warning. */
const COGNITO: CognitoSignIn = { kind: 'cognito', firstAdministratorEmail: 'ada@acme.internal' }

/** A stage for production with real settings, plus the changes of a test. */
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

const issuer = {
  kind: 'oidc',
  issuer: 'https://id.example.com/rollcall',
  audiences: ['rollcall', 'scripts'],
  emailClaim: ['contact', 'address'],
} as const

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
  findings: { staleKeyDays: 90 },
  keepReviewsDays: 800,
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
  optionalDataSets: ['invites', 'logins'],
})

/** A stack’s id in its app, which is its name in AWS too, and what its deployer decided. */
export interface TestedStack {
  readonly id: string
  readonly config: StageConfig
  /** The stack properties that another CDK app sets besides the configuration. */
  readonly env?: { readonly region: string }
}

/**
 * The stacks that the tests examine. They are synthesized together, once per run; `synthesized` returns their
 * templates.
 */
export const STACKS = {
  /** Cognito, read-only scripts, any region, retained data. */
  production: { id: 'Test', config: production },
  /** The company’s own issuer, one region, no receiver of alarms. */
  ownIssuer: { id: 'Test', config: ownIssuer },
  /** Nothing is left after the stack is deleted; no scripts. Cognito would reject the prefix derived from its name. */
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

/** Stacks that are refused: invalid configurations, or names from which Cognito would reject the derived prefix. */
export const REFUSED_STACKS: readonly TestedStack[] = [
  { id: 'Theirs', config: { ...production, windowDays: 0 } },
  { id: 'my-aws', config: production },
  { id: 'TaggedTooMuch', config: { ...production, tags: manyTags(50) } },
  { id: 'InChina', config: production, env: { region: 'cn-north-1' } },
]

function manyTags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x'.repeat(60)]))
}
