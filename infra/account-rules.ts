import { DefaultStackSynthesizer, type Stack, type StackProps } from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import type { StageConfig } from './settings/stage-config.ts'

/** The stack properties that a stage decides: its environment, its bootstrap stack and its tags. */
export function stackPropsOf({ region, bootstrapQualifier, tags }: StageConfig): StackProps {
  return {
    ...(region !== undefined && { env: { region } }),
    ...(bootstrapQualifier !== undefined && {
      synthesizer: new QualifiedSynthesizer({ qualifier: bootstrapQualifier }),
    }),
    tags,
  }
}

/** Sets the stage's permissions boundary, if it has one, on every role of a stack. */
export function boundRoles(stack: Stack, { permissionsBoundaryArn: arn }: StageConfig): void {
  if (arn !== undefined)
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyArn(stack, 'PermissionsBoundary', arn))
}

/**
 * The synthesizer for an account that was bootstrapped with its own qualifier. CDK's synthesizer does not satisfy its
 * own `IStackSynthesizer` under `exactOptionalPropertyTypes`: these getters may return undefined before it is bound.
 */
class QualifiedSynthesizer extends DefaultStackSynthesizer {
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
