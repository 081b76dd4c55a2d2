import * as z from 'zod'
import { InvalidScheduleError, parseSchedule } from '../shared/schedules/schedule-times.ts'
import type { Schedule } from '../shared/ports/schedules.ts'
import type { Config, StageConfig } from './stage-config.ts'

/** Something in the configuration is not as it must be. The message is one line, and names the field. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}

/** What CloudWatch Logs offers. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

const text = z.string().min(1, 'must not be empty')
const email = z.email('must be an email address')
const texts = z.array(text)

const scheduleSchema: z.ZodType<Schedule> = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be of small letters, digits and hyphens, 64 at most'),
    expression: z.string(),
    timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as UTC or Europe/Berlin'),
    default: z.boolean(),
  })
  .superRefine((schedule, context) => {
    const reason = isTimeZone(schedule.timeZone) ? whyNotSchedule(schedule) : undefined
    if (reason !== undefined) context.addIssue({ code: 'custom', path: ['expression'], message: reason })
  })

const schedulesSchema = z.array(scheduleSchema).superRefine((schedules, context) => {
  const defaults = schedules.filter((schedule) => schedule.default).length
  if (defaults !== 1) context.addIssue(`exactly one schedule must be the default; ${defaults} are`)
  schedules.forEach(({ name }, index) => {
    if (schedules.findIndex((schedule) => schedule.name === name) === index) return
    context.addIssue({ code: 'custom', path: [index, 'name'], message: `another schedule is named “${name}” too` })
  })
})

const signInSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cognito'),
    firstAdministratorEmail: email,
    domainPrefix: z
      .string()
      .regex(/^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'is not a prefix that Cognito takes')
      .optional(),
    scriptClient: z.strictObject({ access: z.enum(['read', 'read_write']) }).optional(),
  }),
  z.strictObject({
    kind: z.literal('oidc'),
    issuer: z.string().refine(isBaseUrl, 'must be an https address (http only on this machine)'),
    audiences: texts.min(1, 'must name an audience'),
    dashboard: z
      .strictObject({
        clientId: text,
        scopes: texts,
        tokenOrigins: z
          .array(z.string().refine(isOrigin, 'must be an origin, such as https://id.example.com'))
          .optional(),
      })
      .optional(),
  }),
])

/** Where Cognito's tokens say what groups somebody is in. */
const COGNITO_CLAIM = 'cognito:groups'

const stageSchema: z.ZodType<StageConfig> = z
  .strictObject({
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region, such as eu-central-1')
      .optional(),
    schedules: schedulesSchema,
    windowDays: z.int().min(1).max(365),
    keepRemovedDays: z.int().min(1).max(3650),
    syncsAtOnce: z.int().min(2).max(1000),
    signIn: signInSchema,
    roles: z.strictObject({ claim: text, viewer: texts, admin: texts.min(1, 'must name a value: nobody could write') }),
    alarmEmail: email.optional(),
    recoveryDays: z.int().min(1).max(35),
    removalPolicy: z.enum(['retain', 'destroy']),
    throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
    logRetentionDays: z.int().refine((days) => LOG_RETENTION_DAYS.includes(days), {
      error: `must be one of ${LOG_RETENTION_DAYS.join(', ')}`,
    }),
    tags: z.record(z.string().min(1).max(128), z.string().max(256)),
    openAiBaseUrl: z.string().refine(isBaseUrl, 'must be an https address (http only on this machine)'),
  })
  .superRefine(({ signIn, roles }, context) => {
    if (signIn.kind !== 'cognito' || roles.claim === COGNITO_CLAIM) return
    const message = `must be “${COGNITO_CLAIM}” when people sign in with Cognito`
    context.addIssue({ code: 'custom', path: ['roles', 'claim'], message })
  })

const configSchema: z.ZodType<Config> = z
  .strictObject({
    defaultStage: z.string(),
    stages: z.record(
      z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be of small letters, digits and hyphens'),
      stageSchema,
    ),
  })
  .refine(({ defaultStage, stages }) => Object.hasOwn(stages, defaultStage), {
    path: ['defaultStage'],
    error: 'must be the name of a stage',
  })

/** Gives the configuration back when it is whole and sound. `where` it stands begins the message. Throws `ConfigError`. */
export function checkConfig(config: unknown, where: string): Config {
  return check(configSchema, config, `${where}: `)
}

/** The same for one stage. */
export function checkStage(stage: unknown, where: string): StageConfig {
  return check(stageSchema, stage, `${where}.`)
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
  return `${name.replace(/^\./, '')}: ${isUnknownField ? 'there is no such field' : issue.message}`
}

function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name)
}

/** Why EventBridge Scheduler would refuse the expression; undefined when it would not. */
function whyNotSchedule(schedule: Schedule): string | undefined {
  try {
    parseSchedule(schedule)
  } catch (error) {
    if (error instanceof InvalidScheduleError) return error.message
    throw error
  }
  if (!schedule.expression.startsWith('rate')) return undefined
  // Seconds are for one machine alone; and 1 goes with the singular.
  return /^rate\((1 (minute|hour|day)|(?!1 )\d+ (minutes|hours|days))\)$/.test(schedule.expression)
    ? undefined
    : `${schedule.expression} must be like rate(1 hour) or rate(6 hours), in minutes, hours or days`
}

function isBaseUrl(address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.search !== '') return false
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname))
  )
}

function isOrigin(address: string): boolean {
  return isBaseUrl(address) && URL.parse(address)?.origin === address
}
