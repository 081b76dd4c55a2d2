import * as z from 'zod'
import { thresholdsSchema } from '../findings/thresholds-schema.ts'

const scheduleSchema = z.object({
  name: z.string(),
  expression: z.string(),
  timeZone: z.string(),
  default: z.boolean(),
})
const claimPath = z.union([z.string(), z.array(z.string())])
const roleRulesSchema = z.object({
  claim: claimPath,
  viewer: z.array(z.string()),
  reviewer: z.array(z.string()).optional(),
  admin: z.array(z.string()),
})
const wholeNumber = z.string().regex(/^\d+$/).transform(Number)

/** A value encoded as JSON. */
function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)
}

/**
 * All environment variables of the functions. The constructs set them and the functions read them by these names, so
 * neither side can misspell one.
 */
export const environmentSchema = z.object({
  /** The deployment's name, in logs and metrics. */
  DEPLOYMENT: z.string().min(1),
  VERSION: z.string().min(1),
  TABLE_NAME: z.string().min(1),
  QUEUE_URL: z.string().min(1),
  /** Secrets are named `<prefix>/<integrationId>`. */
  ADMIN_KEY_PREFIX: z.string().min(1),
  /** The KMS key that encrypts the secrets. Default: Secrets Manager's own key. */
  ADMIN_KEY_KMS_KEY: z.string().min(1).optional(),
  ADMIN_KEY_TAGS: json(z.record(z.string(), z.string())),
  SCHEDULES: json(z.array(scheduleSchema)),
  /** Dispatch needs no expressions: EventBridge Scheduler decides when a schedule is due. */
  SCHEDULE_NAMES: json(z.array(scheduleSchema.pick({ name: true, default: true }))),
  ROLE_RULES: json(z.array(roleRulesSchema)),
  EMAIL_CLAIM: json(claimPath),
  FINDING_THRESHOLDS: json(thresholdsSchema),
  /** The asymmetric KMS key that signs completed reviews. */
  SIGNING_KEY_ARN: z.string().min(1),
  /** Set when the api only answers calls through CloudFront. */
  ORIGIN_SECRET_ARN: z.string().min(1).optional(),
  /** Base URLs by provider id. Default: the provider's own address. */
  PROVIDER_BASE_URLS: json(z.record(z.string(), z.string())),
  WINDOW_DAYS: wholeNumber,
  KEEP_REMOVED_DAYS: wholeNumber,
  KEEP_REVIEWS_DAYS: wholeNumber,
  OPTIONAL_DATA_SETS: json(z.array(z.string())),
  SYNC_LEASE_MS: wholeNumber,
})

export type EnvironmentVariable = keyof typeof environmentSchema.shape

/**
 * This process's variables, validated by a schema. Throws `ZodError`. zod's compiled parsers are off, because compiling
 * takes as long as the single parse.
 */
export function readEnvironment<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  return schema.parse(process.env, { jitless: true })
}
