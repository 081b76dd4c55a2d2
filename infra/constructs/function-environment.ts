import { Token } from 'aws-cdk-lib'
import type { EnvironmentVariable } from '../../shared/aws/environment.ts'
import type { StageConfig } from '../settings/stage-config.ts'

/**
 * The limit for all variables of a function together.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LIMIT_BYTES = 4_096
/** Longer than any name or address that AWS assigns during a deployment: a table name has at most 255 characters. */
const TOKEN_BYTES = 256

/** The variables whose length a deployer decides, by the configuration field that they come from. */
const FIELDS: Partial<Record<EnvironmentVariable, keyof StageConfig>> = {
  ADMIN_KEY_TAGS: 'tags',
  SCHEDULES: 'schedules',
  SCHEDULE_NAMES: 'schedules',
  ROLE_RULES: 'roles',
  EMAIL_CLAIM: 'signIn',
  PROVIDER_BASE_URLS: 'providerBaseUrls',
}

/**
 * The fields that make a function's environment larger than Lambda accepts, the largest first. Undefined when it fits.
 */
export interface LargeEnvironment {
  readonly bytes: number
  readonly limitBytes: number
  readonly fields: readonly { readonly field: keyof StageConfig; readonly bytes: number }[]
}

/**
 * Lambda measures all variables as one JSON text, so a quotation mark inside a value counts twice: its error shows the
 * text as “String measured”. A value that is only known after deployment counts with its longest possible length.
 */
export function largeEnvironment(variables: ReadonlyMap<EnvironmentVariable, string>): LargeEnvironment | undefined {
  const sizes = [...variables].map(([name, value]) => ({ name, bytes: bytesOf(name, value) }))
  const bytes = sizes.reduce((sum, each) => sum + each.bytes, '{}'.length - ','.length)
  if (bytes <= LIMIT_BYTES) return undefined
  const fields = sizes
    .flatMap(({ name, bytes: ofOne }) => {
      const field = FIELDS[name]
      return field === undefined ? [] : [{ field, bytes: ofOne }]
    })
    .toSorted((one, other) => other.bytes - one.bytes)
  return { bytes, limitBytes: LIMIT_BYTES, fields }
}

/** `"name":"value",` */
function bytesOf(name: string, value: string): number {
  const inJson = Token.isUnresolved(value) ? TOKEN_BYTES + '""'.length : Buffer.byteLength(JSON.stringify(value))
  return JSON.stringify(name).length + inJson + ':,'.length
}
