/** The size limit keeps cold starts short, which `npm run bench` measures: loading a megabyte takes about 100 ms. */
export const LARGEST_BUNDLE_BYTES = 1_050_000

/** An environment that every function of the stack accepts. */
export const EVERY_VARIABLE = {
  AWS_REGION: 'eu-central-1',
  DEPLOYMENT: 'Test',
  VERSION: '1.0.0',
  TABLE_NAME: 'table',
  QUEUE_URL: 'https://queue.example.com/1/sync',
  ADMIN_KEY_PREFIX: 'Test/admin-keys',
  ADMIN_KEY_KMS_KEY: 'arn:aws:kms:eu-central-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
  SIGNING_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:key/11111111-89ab-cdef-0123-456789abcdef',
  ADMIN_KEY_TAGS: '{"application":"rollcall"}',
  SCHEDULES: '[]',
  SCHEDULE_NAMES: '[]',
  ROLE_RULES: '[]',
  EMAIL_CLAIM: '"email"',
  FINDING_THRESHOLDS: '{}',
  PROVIDER_BASE_URLS: '{}',
  WINDOW_DAYS: '60',
  KEEP_REMOVED_DAYS: '60',
  KEEP_REVIEWS_DAYS: '400',
  OPTIONAL_DATA_SETS: '[]',
  SYNC_LEASE_MS: '900000',
}
