import { randomBytes } from 'node:crypto'
import type { StageConfig } from '../../infra/settings/stage-config.ts'

/**
 * An address of AWS that accepts test mail and discards it.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const NOBODY = 'success@simulator.amazonses.com'

/** The size of the simulated organization: several pages, and a sync of seconds. */
export const SMOKE_MEMBERS = 120

/** Stack names that no stage can have, and that say what the stacks are for. */
export function stackNames(stage: string): { readonly product: string; readonly organization: string } {
  return { product: `Rollcall-smoke-${stage}`, organization: `Rollcall-smoke-${stage}-organization` }
}

export function newSeed(): string {
  return randomBytes(32).toString('hex')
}

/**
 * The stage as the smoke test deploys it: nothing survives the test, nobody receives alarms, and it reads the simulated
 * organization. It always signs in with Cognito as a script, because other sign-ins need a person. Domain names, the
 * KMS key and the secret's version belong to the stage's real stack, so the test omits them.
 */
export function smokeStage(stage: StageConfig, organizationUrl: string): StageConfig {
  return {
    ...stage,
    signIn: { kind: 'cognito', firstAdministratorEmail: NOBODY, scriptClient: { access: 'read_write' } },
    roles: { claim: 'cognito:groups', viewer: ['viewer'], admin: ['admin'] },
    alarmEmail: undefined,
    alarmTopicArn: undefined,
    domain: undefined,
    access: undefined,
    kmsKeyArn: undefined,
    removalPolicy: 'destroy',
    providerBaseUrls: { openai: organizationUrl },
  }
}
