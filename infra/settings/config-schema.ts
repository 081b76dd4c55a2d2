import { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import * as z from 'zod'
import { thresholdsSchema } from '../../shared/findings/thresholds-schema.ts'
import { PROVIDER_IDS } from '../../shared/providers/find-provider.ts'
import { accountFields, checkAccountFields } from './account-schema.ts'
import { addressSchema } from './address-schema.ts'
import { schedulesSchema } from './schedule-schema.ts'
import { checkCognitoRoles, checkIssuer, rolesSchema, signInSchema } from './sign-in-schema.ts'
import { accessSchema, checkDomain, domainSchema } from './site-schema.ts'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import type { Config, StageConfig } from './stage-config.ts'
import { tagsSchema } from './tags-schema.ts'

/**
 * The retention periods of CloudWatch Logs.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

const providerId = z
  .string()
  .refine((id) => PROVIDER_IDS.includes(id), `must be the id of a provider: ${PROVIDER_IDS.join(', ')}`)

/** One stage, deployed to AWS or to an AWS emulator. */
export function stageSchema({ onEmulator }: { readonly onEmulator: boolean }): z.ZodType<StageConfig> {
  return z
    .strictObject({
      ...accountFields,
      schedules: schedulesSchema,
      windowDays: z.int().min(1).max(365),
      keepRemovedDays: z.int().min(1).max(3650),
      keepReviewsDays: z.int().min(30).max(3650),
      optionalDataSets: z.array(z.enum(OPTIONAL_DATA_SETS)).optional(),
      findings: thresholdsSchema.optional(),
      syncsAtOnce: z.int().min(2).max(1000),
      signIn: signInSchema(onEmulator),
      roles: rolesSchema,
      alarmEmail: z.email('must be an email address').optional(),
      recoveryDays: z.int().min(1).max(35),
      removalPolicy: z.enum(['retain', 'destroy']),
      throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
      logRetentionDays: z.int().refine((days) => LOG_RETENTION_DAYS.includes(days), {
        error: `must be one of ${LOG_RETENTION_DAYS.join(', ')}`,
      }),
      tags: tagsSchema,
      domain: domainSchema.optional(),
      access: accessSchema.optional(),
      priceClass: z.enum(PriceClass).optional(),
      providerBaseUrls: z.record(providerId, addressSchema(onEmulator)).optional(),
    })
    .superRefine(checkCognitoRoles)
    .superRefine(checkAccountFields)
    .superRefine(checkDomain)
    .superRefine(checkIssuer)
}

export const configSchema: z.ZodType<Config> = z
  .strictObject({
    defaultStage: z.string(),
    stages: z.record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,19}$/, 'a stage’s name must consist of lower case letters, digits and hyphens'),
      stageSchema({ onEmulator: false }),
    ),
  })
  .refine(({ defaultStage, stages }) => Object.hasOwn(stages, defaultStage), {
    path: ['defaultStage'],
    error: 'must be the name of a stage',
  })
