import { DefaultStackSynthesizer } from 'aws-cdk-lib'

/**
 * For an account that was bootstrapped with a qualifier of its own. CDK's synthesizer does not fit its own
 * `IStackSynthesizer` under `exactOptionalPropertyTypes`: these getters may give undefined there, before it is bound.
 */
export class QualifiedSynthesizer extends DefaultStackSynthesizer {
  override get bootstrapQualifier(): string {
    return super.bootstrapQualifier ?? ''
  }

  override get lookupRole(): string {
    return super.lookupRole ?? ''
  }

  override get cloudFormationExecutionRole(): string {
    return super.cloudFormationExecutionRole ?? ''
  }
}
