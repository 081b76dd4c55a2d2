import { parseArgs } from 'node:util'
import * as z from 'zod'
import type { Provider } from '../../shared/providers/provider.ts'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import { PROVIDERS } from '../../shared/providers/registry.ts'
import { type Role, ROLES } from '../../shared/domain/role.ts'

const DEFAULT_PORT = 3000

/** An environment variable or argument is invalid. The message names it. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SettingsError'
  }
}

/** A variable that is set but empty counts as not set. */
const optional = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text))

const ACCESS_TOKENS =
  /^((viewer|reviewer|admin):[!-~]+( (viewer|reviewer|admin):[!-~]+)*|(?!(viewer|reviewer|admin):)[!-~]+)$/

const environmentSchema = z.object({
  PORT: optional
    .refine((port) => port === undefined || isPort(port), 'must be a number from 0 to 65535')
    .transform((port) => (port === undefined ? DEFAULT_PORT : Number(port))),
  ROLLCALL_DATA_DIR: optional.transform((folder) => folder ?? '.rollcall'),
  ROLLCALL_ENCRYPTION_KEY: optional.refine(
    (key) => key === undefined || key.length >= 16,
    'must have 16 characters or more',
  ),
  ROLLCALL_TOKEN: optional
    .refine(
      (text) => text === undefined || ACCESS_TOKENS.test(text),
      'must be a token of printable ASCII characters, or several with spaces between, each as viewer:…, reviewer:… or admin:…',
    )
    .transform((text) => text?.split(' ').map((token) => toAccessToken(token))),
  ROLLCALL_SYNC_INTERVAL_SECONDS: optional
    .refine(
      (seconds) => seconds === undefined || /^[1-9]\d{0,6}$/.test(seconds),
      'must be a whole number of seconds, from 1 to 9999999',
    )
    .transform((seconds) => (seconds === undefined ? undefined : Number(seconds))),
  ROLLCALL_DATA_SETS: optional
    .transform((text) => (text === 'none' ? [] : text?.split(',').map((id) => id.trim())))
    .refine((ids) => ids?.every((id) => OPTIONAL_DATA_SETS.includes(id)) !== false, {
      error: `must be none, or some of ${OPTIONAL_DATA_SETS.join(', ')}, with commas between`,
    }),
})

/** An access token and the role that it grants. */
export interface AccessToken {
  readonly token: string
  readonly role: Role
}

/** The settings of `npm start`. */
export interface Settings {
  readonly port: number
  readonly dataDir: string
  readonly encryptionKey: string | undefined
  /** With any token, every call needs one. */
  readonly tokens: readonly AccessToken[] | undefined
  readonly syncIntervalSeconds: number | undefined
  /** The optional data sets to read. Default: as `infra/config.ts` says. */
  readonly optionalDataSets: readonly string[] | undefined
  /** Keys to connect at the first start, by provider id. */
  readonly adminKeys: Readonly<Record<string, string>>
  /** Base URLs that replace the providers' own addresses, by provider id. */
  readonly baseUrls: Readonly<Record<string, string>>
  /** Start without any organization. */
  readonly empty: boolean
}

/** Reads the settings. Throws `SettingsError` with the name of the variable or argument, never its value. */
export function readSettings(environment: NodeJS.ProcessEnv, args: readonly string[]): Settings {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new SettingsError(`${issue?.path.join('.')} ${issue?.message}.`)
  }
  const values = parsed.data
  return {
    port: values.PORT,
    dataDir: values.ROLLCALL_DATA_DIR,
    encryptionKey: values.ROLLCALL_ENCRYPTION_KEY,
    tokens: values.ROLLCALL_TOKEN,
    syncIntervalSeconds: values.ROLLCALL_SYNC_INTERVAL_SECONDS,
    optionalDataSets: values.ROLLCALL_DATA_SETS,
    adminKeys: byProvider(environment, ({ adminKey }) => adminKey),
    baseUrls: baseUrlsIn(environment),
    empty: readArguments(args),
  }
}

/** The values of the providers' environment variables, by provider id. An empty variable counts as not set. */
function byProvider(
  environment: NodeJS.ProcessEnv,
  variableOf: (variables: Provider['variables']) => string,
): Record<string, string> {
  return Object.fromEntries(
    PROVIDERS.flatMap(({ id, variables }) => {
      const value = environment[variableOf(variables)]
      return value === undefined || value === '' ? [] : [[id, value]]
    }),
  )
}

function baseUrlsIn(environment: NodeJS.ProcessEnv): Record<string, string> {
  const baseUrls = byProvider(environment, ({ baseUrl }) => baseUrl)
  const unsafe = PROVIDERS.find(({ id }) => !isSafeBaseUrl(baseUrls[id]))
  if (unsafe === undefined) return baseUrls
  const { baseUrl } = unsafe.variables
  throw new SettingsError(`${baseUrl} must be an https address (http only on this machine), without a user.`)
}

/** The role before the token, such as `viewer:…`. A token without a role grants everything. */
function toAccessToken(text: string): AccessToken {
  const role = ROLES.find((each) => text.startsWith(`${each}:`))
  return role === undefined ? { token: text, role: 'admin' } : { token: text.slice(role.length + 1), role }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
}

function readArguments(args: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...args], options: { empty: { type: 'boolean' } } }).values.empty === true
  } catch {
    throw new SettingsError('The only argument is --empty.')
  }
}

function isSafeBaseUrl(text: string | undefined): boolean {
  if (text === undefined) return true
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)
  return isSafe && url.username === '' && url.password === ''
}
