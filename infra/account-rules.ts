import type { Stack, StackProps } from 'aws-cdk-lib'
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam'
import { QualifiedSynthesizer } from './qualified-synthesizer.ts'
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
