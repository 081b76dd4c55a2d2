import { DEFAULT_WINDOW_DAYS } from '../shared/domain/window.ts'
import type { Config, StageConfig } from './settings/stage-config.ts'

/** Settings shared by all stages. Each stage may override them. */
const common = {
  /** `rate(…)` or `cron(…)` in the syntax of EventBridge Scheduler. Exactly one schedule is the default. */
  schedules: [{ name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }],
  windowDays: DEFAULT_WINDOW_DAYS,
  keepRemovedDays: 60,
  keepReviewsDays: 400,
  syncsAtOnce: 5,
  roles: { claim: 'cognito:groups', viewer: ['viewer'], reviewer: ['reviewer'], admin: ['admin'] },
  recoveryDays: 35,
  throttle: { requestsPerSecond: 25, burst: 50 },
  logRetentionDays: 90,
} satisfies Partial<StageConfig>

/** The deployer's configuration. It is checked before synthesis; `stage-config.ts` documents each field. */
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
