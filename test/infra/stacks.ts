import { config } from '../../infra/config.ts'
import { countedStage } from '../../infra/costs/count-stack.ts'
import type { CognitoSignIn, StageConfig } from '../../infra/stage-config.ts'

const EVERY_6_HOURS = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }
const NIGHTLY = { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin', default: false }
const WEEKDAYS = { name: 'weekdays', expression: 'cron(0 6 ? * MON-FRI *)', timeZone: 'UTC', default: false }

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

/** A stack’s id in its app, which is its name in AWS too, and what its deployer decided. */
export interface TestedStack {
  readonly id: string
  readonly config: StageConfig
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
  /** What docs/costs.md counts. */
  counted: { id: 'Costs', config: countedStage() },
} satisfies Record<string, TestedStack>

/** Stacks that are refused: their configuration is wrong, or Cognito would take no address that is made of their name. */
export const REFUSED_STACKS: readonly TestedStack[] = [
  { id: 'Theirs', config: { ...production, windowDays: 0 } },
  { id: 'my-aws', config: production },
]
