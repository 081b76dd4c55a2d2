import * as z from 'zod'
import { isUnknownRegion, whyNotRegion } from './regions.ts'
import type { StageConfig } from './stage-config.ts'

/**
 * A key id, including those of multi-Region keys.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC_ARN = /^arn:aws:sns:([a-z0-9-]+):\d{12}:[A-Za-z0-9_-]{1,256}$/

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICY_ARN = /^arn:aws:iam::(\d{12}|aws):policy\/[\w+=,.@/-]{1,640}$/

/**
 * The format that CDK's bootstrap template accepts.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
const QUALIFIER = /^[A-Za-z0-9_-]{1,10}$/

const region = z.string().superRefine((name, context) => {
  const reason = whyNotRegion(name)
  if (reason !== undefined) context.addIssue(reason)
})

/** The fields of a stage that refer to the AWS account. */
export const accountFields = {
  region: region.optional(),
  kmsKeyArn: z
    .string()
    .regex(
      KEY_ARN,
      'must be the ARN of a KMS key (not of an alias), such as arn:aws:kms:eu-central-1:111122223333:key/…',
    )
    .optional(),
  alarmTopicArn: z
    .string()
    .regex(TOPIC_ARN, 'must be the ARN of a standard SNS topic, such as arn:aws:sns:eu-central-1:111122223333:alarms')
    .optional(),
  permissionsBoundaryArn: z
    .string()
    .regex(POLICY_ARN, 'must be the ARN of a managed policy, such as arn:aws:iam::111122223333:policy/boundary')
    .optional(),
  bootstrapQualifier: z
    .string()
    .regex(QUALIFIER, 'must consist of letters, digits, hyphens and underscores, 10 at most')
    .optional(),
} satisfies z.ZodRawShape

/** Rules between these fields. */
export function checkAccountFields(
  stage: Pick<StageConfig, 'region' | 'kmsKeyArn' | 'alarmTopicArn' | 'alarmEmail'>,
  context: z.RefinementCtx,
): void {
  for (const field of ['kmsKeyArn', 'alarmTopicArn'] as const) {
    const there = stage[field]?.split(':')[3]
    if (there === undefined || stage.region === undefined || there === stage.region) continue
    const message = `must be in the stage’s region ${stage.region}, not in ${there}`
    context.addIssue({ code: 'custom', path: [field], message })
  }
  if (stage.alarmTopicArn === undefined || stage.alarmEmail === undefined) return
  const message = 'must not be set beside alarmTopicArn: subscribe the address to that topic instead'
  context.addIssue({ code: 'custom', path: ['alarmEmail'], message })
}

/**
 * A one-line warning about a region that CDK does not know, which may be a typing error. Undefined for other regions.
 */
export function unknownRegion(name: string | undefined): string[] {
  if (name === undefined || !isUnknownRegion(name)) return []
  return [`region: ${name} is not known to this version of CDK: check it for a typing error`]
}
