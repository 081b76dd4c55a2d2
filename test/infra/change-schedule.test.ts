import { expect, test } from '@jest/globals'
import type { Schedule } from '../../shared/ports/schedules.ts'
import { synthesize } from './synthesize.ts'

const every6Hours = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }
const nightly = { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin', default: false }

/** The paths in the template at which two syntheses differ. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isInner(before) || !isInner(after)) return [path]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => differences(before[name], after[name], path === '' ? name : `${path}/${name}`))
}

function isInner(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** What differs between two lists of schedules, hashes left out of the logical ids. */
function change(from: Schedule[], to: Schedule[]): string[] {
  const [before, after] = [from, to].map((schedules) => synthesize({ schedules }).toJSON())
  return differences(before, after)
    .map((path) =>
      path
        .replace('Resources/', '')
        .replace(/[0-9A-F]{8}(?=\/|$)/, '')
        .replace(/\/Fn::Join.*/, ''),
    )
    .toSorted()
}

test('A schedule’s new expression changes that schedule, what the api tells about it and when its alarms are due; nothing else', () => {
  expect(
    change([every6Hours], [{ ...every6Hours, expression: 'cron(30 4 * * ? *)', timeZone: 'Europe/Berlin' }]),
  ).toEqual([
    'HttpApiFunction/Properties/Environment/Variables/SCHEDULES',
    'MonitoringDidNotRunevery6hours/Properties/EvaluationPeriods',
    'MonitoringSyncsWaiting/Properties/Threshold',
    'SyncPipelineSchedulesevery6hours/Properties/ScheduleExpression',
    'SyncPipelineSchedulesevery6hours/Properties/ScheduleExpressionTimezone',
  ])
})

test('A schedule more adds that schedule and its alarm, tells the functions, and leaves the others alone', () => {
  expect(change([every6Hours], [every6Hours, nightly])).toEqual([
    'HttpApiFunction/Properties/Environment/Variables/SCHEDULES',
    'MonitoringDidNotRunnightly',
    'MonitoringOverview/Properties/DashboardBody',
    'SyncPipelineDispatch/Properties/Environment/Variables/SCHEDULE_NAMES',
    'SyncPipelineSchedulesnightly',
  ])
})
