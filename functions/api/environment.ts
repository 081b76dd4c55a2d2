import { environmentSchema } from '../../shared/aws/environment.ts'

/** The api function's environment. */
export const apiEnvironment = environmentSchema.pick({
  DEPLOYMENT: true,
  VERSION: true,
  TABLE_NAME: true,
  QUEUE_URL: true,
  ADMIN_KEY_PREFIX: true,
  PROVIDER_BASE_URLS: true,
  OPTIONAL_DATA_SETS: true,
  ADMIN_KEY_KMS_KEY: true,
  ADMIN_KEY_TAGS: true,
  SCHEDULES: true,
  ROLE_RULES: true,
  EMAIL_CLAIM: true,
  FINDING_THRESHOLDS: true,
  SIGNING_KEY_ARN: true,
  KEEP_REVIEWS_DAYS: true,
  ORIGIN_SECRET_ARN: true,
})
