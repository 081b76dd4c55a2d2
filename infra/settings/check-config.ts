import type * as z from 'zod'
import { configSchema, stageSchema } from './config-schema.ts'
import { whyNotRegion } from './regions.ts'
import type { Config, StageConfig } from './stage-config.ts'

/** The configuration is invalid. The message is one line and names the field. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}

/** Domain names that nobody can own: https://www.rfc-editor.org/rfc/rfc2606 */
const EXAMPLE_ADDRESS = /[@.](example\.(com|net|org)|example|invalid|test)$/i

/** Returns the configuration when it is valid. Messages begin with `where`, its place. Throws `ConfigError`. */
export function checkConfig(config: unknown, where: string): Config {
  return check(configSchema, config, `${where}: `)
}

/**
 * The same for one stage. With an AWS emulator, addresses of this machine are valid too. `region` is the region of another
 * CDK app's environment: the stage may omit it and must not contradict it.
 */
export function checkStage(
  stage: unknown,
  where: string,
  { onEmulator = false, region }: { readonly onEmulator?: boolean; readonly region?: string | undefined } = {},
): StageConfig {
  const config = check(stageSchema({ onEmulator }), stage, `${where}.`)
  if (region === undefined || region === config.region) return config
  if (config.region === undefined) return check(stageSchema({ onEmulator }), { ...config, region }, `${where}.`)
  throw new ConfigError(`${where}.region: is ${config.region}, and the app’s env.region ${region}: name one of them`)
}

/** Throws `ConfigError` when the stack cannot be deployed to a region. An unknown region (undefined) is accepted. */
export function checkRegion(region: string | undefined, where: string): void {
  const reason = region === undefined ? undefined : whyNotRegion(region)
  if (reason !== undefined) throw new ConfigError(`${where}: ${reason}`)
}

/** The stage of this name, or the default stage. Throws `ConfigError` when there is none of that name. */
export function chosenStage({ stages, defaultStage }: Config, named: string | undefined, where: string) {
  const name = named ?? defaultStage
  const config = Object.hasOwn(stages, name) ? stages[name] : undefined
  if (config === undefined) {
    throw new ConfigError(
      `${where}: stages.${name}: it does not exist; the stages are ${Object.keys(stages).join(', ')}`,
    )
  }
  return { name, config }
}

/** The fields that still have the sample's address, one line each: mail sent there reaches nobody. */
export function exampleAddresses({ signIn, alarmEmail }: StageConfig): string[] {
  const addresses = {
    'signIn.firstAdministratorEmail': signIn.kind === 'cognito' ? signIn.firstAdministratorEmail : undefined,
    alarmEmail,
  }
  return Object.entries(addresses).flatMap(([field, address]) =>
    address !== undefined && EXAMPLE_ADDRESS.test(address)
      ? [`${field}: ${address} is the address of an example: set your own before you deploy`]
      : [],
  )
}

function check<Checked>(schema: z.ZodType<Checked>, value: unknown, prefix: string): Checked {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue, ...others] = parsed.error.issues
  if (issue === undefined) throw parsed.error
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new ConfigError(`${prefix}${describe(issue).replaceAll(/\s+/g, ' ')}${more}`)
}

function describe(issue: z.core.$ZodIssue): string {
  const isUnknownField = issue.code === 'unrecognized_keys'
  const path = isUnknownField ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return `${name.replace(/^\./, '')}: ${isUnknownField ? 'there is no such field' : messageOf(issue)}`
}

/** For an invalid record key, zod reports the reason one level below. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
}
