import { DEFAULT_WINDOW_DAYS } from '../shared/domain/window.ts'
import type { Config, StageConfig } from './settings/stage-config.ts'

/** What the stages share; each may set its own. */
const common = {
  /** `rate(…)` or `cron(…)` as EventBridge Scheduler writes them. Exactly one is the default. */
  schedules: [{ name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }],
  windowDays: DEFAULT_WINDOW_DAYS,
  keepRemovedDays: 60,
  syncsAtOnce: 5,
  roles: { claim: 'cognito:groups', viewer: ['viewer'], admin: ['admin'] },
  recoveryDays: 35,
  throttle: { requestsPerSecond: 25, burst: 50 },
  logRetentionDays: 90,
} satisfies Partial<StageConfig>

/** What a deployer edits. It is checked before anything is synthesized; `stage-config.ts` says what each field is. */
export const config: Config = {
  defaultStage: 'dev',
  stages: {
    dev: {
      ...common,
      signIn: { kind: 'cognito', firstAdministratorEmail: 'admin@example.com' },
      removalPolicy: 'destroy',
      logRetentionDays: 14,
      tags: { application: 'rollcall', stage: 'dev' },
    },
    prod: {
      ...common,
      schedules: [
        ...common.schedules,
        { name: 'weekday-mornings', expression: 'cron(0 6 ? * MON-FRI *)', timeZone: 'Europe/Berlin', default: false },
      ],
      signIn: { kind: 'cognito', firstAdministratorEmail: 'admin@example.com', scriptClient: { access: 'read' } },
      alarmEmail: 'oncall@example.com',
      removalPolicy: 'retain',
      tags: { application: 'rollcall', stage: 'prod' },
    },
  },
}
