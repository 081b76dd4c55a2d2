import * as z from 'zod'

const scheduleSchema = z.object({
  name: z.string(),
  expression: z.string(),
  timeZone: z.string(),
  default: z.boolean(),
})
const roleRulesSchema = z.object({
  claim: z.union([z.string(), z.array(z.string())]),
  viewer: z.array(z.string()),
  admin: z.array(z.string()),
})
const wholeNumber = z.string().regex(/^\d+$/).transform(Number)

/** A value that travels as JSON. */
function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)
}

/**
 * Every variable that a function of the stack may have. The constructs set them by these names and the functions pick
 * theirs from here, so that neither side can misspell what the other means.
 */
export const environmentSchema = z.object({
  /** The deployment's name, in logs and metrics. */
  DEPLOYMENT: z.string().min(1),
  VERSION: z.string().min(1),
  TABLE_NAME: z.string().min(1),
  QUEUE_URL: z.string().min(1),
  /** Secrets are named `<prefix>/<integrationId>`. */
  ADMIN_KEY_PREFIX: z.string().min(1),
  /** The KMS key that encrypts the secrets; without, Secrets Manager's own does. */
  ADMIN_KEY_KMS_KEY: z.string().min(1).optional(),
  ADMIN_KEY_TAGS: json(z.record(z.string(), z.string())),
  SCHEDULES: json(z.array(scheduleSchema)),
  /** What dispatch needs of the schedules: when they are due is told by their firing. */
  SCHEDULE_NAMES: json(z.array(scheduleSchema.pick({ name: true, default: true }))),
  ROLE_RULES: json(z.array(roleRulesSchema)),
  /** Set where the api answers CloudFront only. */
  ORIGIN_SECRET_ARN: z.string().min(1).optional(),
  /** By provider's id; a provider that is left out is reached at its own address. */
  PROVIDER_BASE_URLS: json(z.record(z.string(), z.string())),
  WINDOW_DAYS: wholeNumber,
  KEEP_REMOVED_DAYS: wholeNumber,
  SYNC_LEASE_MS: wholeNumber,
})

export type EnvironmentVariable = keyof typeof environmentSchema.shape

/**
 * What the schema says of this process's variables. Throws `ZodError`. It happens once a process, for which zod's compiled
 * parsers do not pay: to compile them takes as long again as to parse.
 */
export function readEnvironment<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  return schema.parse(process.env, { jitless: true })
}
