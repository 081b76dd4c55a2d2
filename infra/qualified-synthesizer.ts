import { DefaultStackSynthesizer } from 'aws-cdk-lib'

/**
 * The synthesizer for an account that was bootstrapped with its own qualifier. CDK's synthesizer does not satisfy its
 * own `IStackSynthesizer` under `exactOptionalPropertyTypes`: these getters may return undefined before it is bound.
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
