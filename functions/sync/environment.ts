import { environmentSchema } from '../../shared/aws/environment.ts'

/** The sync function's environment. */
export const syncEnvironment = environmentSchema.pick({
  DEPLOYMENT: true,
  TABLE_NAME: true,
  QUEUE_URL: true,
  ADMIN_KEY_PREFIX: true,
  PROVIDER_BASE_URLS: true,
  WINDOW_DAYS: true,
  KEEP_REMOVED_DAYS: true,
  OPTIONAL_DATA_SETS: true,
  SYNC_LEASE_MS: true,
})
