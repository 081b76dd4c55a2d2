import { randomBytes } from 'node:crypto'
import type { StageConfig } from '../../infra/settings/stage-config.ts'

/** Where AWS takes mail for tests and gives it to nobody. https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html */
const NOBODY = 'success@simulator.amazonses.com'

/** How many people the simulated organization has: several pages, and a sync of seconds. */
export const SMOKE_MEMBERS = 120

/** What both stacks of a smoke test are made of. */
export interface SmokeSettings {
  readonly stage: string
  /** Decides the simulated organization's people, and its keys: whoever does not know it is refused. */
  readonly seed: string
}

/** A name for each stack that no stage can have, and that says what it is for. */
export function stackNames(stage: string): { readonly product: string; readonly organization: string } {
  return { product: `Rollcall-smoke-${stage}`, organization: `Rollcall-smoke-${stage}-organization` }
}

export function newSeed(): string {
  return randomBytes(32).toString('hex')
}

/**
 * The stage as the smoke test deploys it: nothing of it outlives the test, nobody gets an alarm, and it reads the simulated
 * organization. It signs in as a script with Cognito, whatever the stage does: nothing else works without a person. Names, a
 * key's policy and a version of a secret are those of the stage's own stack, so the test goes without them.
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
