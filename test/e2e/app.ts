import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import {
  E2E_ALLOWED_ADDRESS,
  E2E_AUDIENCE,
  E2E_DOMAIN,
  E2E_RECOVERY_DAYS,
  E2E_REGION,
  E2E_ROLES,
  E2E_SCHEDULE_NAME,
  E2E_STACK,
} from './deployment-names.ts'
import { replaceMetricMath } from './plain-alarms.ts'

/** The CDK app of the end-to-end run: the product's own stack, whole, with props of its own. */
const app = new App()
const environment = z
  .object({
    E2E_ISSUER: z.url(),
    E2E_OPENAI_BASE_URL: z.url(),
    E2E_ANTHROPIC_BASE_URL: z.url(),
    E2E_SCHEDULE: z.string(),
    E2E_KMS_KEY: z.string(),
    E2E_PERMISSIONS_BOUNDARY: z.string(),
  })
  .parse(process.env)
export const stack = new RollcallStack(app, E2E_STACK, {
  onEmulator: true,
  config: {
    region: E2E_REGION,
    schedules: [{ name: E2E_SCHEDULE_NAME, expression: environment.E2E_SCHEDULE, timeZone: 'UTC', default: true }],
    windowDays: 60,
    keepRemovedDays: 60,
    keepReviewsDays: 400,
    syncsAtOnce: 2,
    signIn: { kind: 'oidc', issuer: environment.E2E_ISSUER, audiences: [E2E_AUDIENCE] },
    roles: E2E_ROLES,
    alarmEmail: 'alarms@example.com',
    recoveryDays: E2E_RECOVERY_DAYS,
    removalPolicy: 'retain',
    kmsKeyArn: environment.E2E_KMS_KEY,
    permissionsBoundaryArn: environment.E2E_PERMISSIONS_BOUNDARY,
    throttle: { requestsPerSecond: 50, burst: 100 },
    logRetentionDays: 14,
    domain: E2E_DOMAIN,
    access: { allowedAddresses: [E2E_ALLOWED_ADDRESS] },
    providerBaseUrls: { openai: environment.E2E_OPENAI_BASE_URL, anthropic: environment.E2E_ANTHROPIC_BASE_URL },
    tags: { application: 'rollcall', stage: 'e2e' },
  },
})
replaceMetricMath(stack)
