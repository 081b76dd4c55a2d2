import { TimeZone } from 'aws-cdk-lib'
import * as z from 'zod'
import type { Schedule } from '../../shared/schedules/schedule.ts'
import { InvalidScheduleError, parseSchedule } from '../../shared/schedules/schedule-times.ts'

const scheduleSchema: z.ZodType<Schedule> = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must consist of lower case letters, digits and hyphens, 64 at most'),
    expression: z.string(),
    timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as UTC or Europe/Berlin'),
    default: z.boolean(),
  })
  .superRefine((schedule, context) => {
    const reason = isTimeZone(schedule.timeZone) ? whyNotSchedule(schedule) : undefined
    if (reason !== undefined) context.addIssue({ code: 'custom', path: ['expression'], message: reason })
  })

/** The schedules of a stage. Names are unique, and exactly one schedule is the default. */
export const schedulesSchema = z.array(scheduleSchema).superRefine((schedules, context) => {
  const defaults = schedules.filter((schedule) => schedule.default).length
  if (defaults !== 1) context.addIssue(`exactly one schedule must be the default; ${defaults} are`)
  schedules.forEach(({ name }, index) => {
    if (schedules.findIndex((schedule) => schedule.name === name) === index) return
    context.addIssue({ code: 'custom', path: [index, 'name'], message: `another schedule is named “${name}” too` })
  })
})

/** The names of the time zone database in their exact spelling, old names included. Node's list lacks many of them. */
const SPELLED: ReadonlyMap<string, string> = new Map(
  Object.values(TimeZone)
    .filter((value): value is TimeZone => value instanceof TimeZone)
    .map(({ timezoneName }) => [timezoneName.toLowerCase(), timezoneName]),
)

/** Abbreviations that `Intl` accepts but the time zone database does not contain. Several are ambiguous. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(' '),
)

/**
 * EventBridge Scheduler accepts names of the time zone database, but no offsets such as `+05:30`, which `Intl` accepts
 * too. `Intl` ignores case; a name that CDK lists must have the exact spelling.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#time-zones
 */
function isTimeZone(name: string): boolean {
  const spelled = SPELLED.get(name.toLowerCase()) ?? name
  if (!/^[A-Z]/.test(name) || spelled !== name || ABBREVIATIONS.has(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Why EventBridge Scheduler would reject the expression or never run it. Undefined when it is valid. */
function whyNotSchedule(schedule: Schedule): string | undefined {
  try {
    if (parseSchedule(schedule).nextAfter(new Date()) === null) return `${schedule.expression} never runs from now on`
  } catch (error) {
    if (error instanceof InvalidScheduleError) return error.message
    throw error
  }
  if (!schedule.expression.startsWith('rate')) return undefined
  // Seconds are only supported on one machine, and 1 requires the singular.
  return /^rate\((1 (minute|hour|day)|(?!1 )\d+ (minutes|hours|days))\)$/.test(schedule.expression)
    ? undefined
    : `${schedule.expression} must be like rate(1 hour) or rate(6 hours), in minutes, hours or days`
}
