import { expect, test } from '@jest/globals'
import { createMetrics } from '../../shared/aws/metrics.ts'
import { printedLines } from './printed-lines.ts'

test('A metric is a line in the embedded metric format with the deployment as its only dimension', () => {
  expect(printedLines(() => createMetrics('Rollcall-test')('syncDurationMs', 1_234))).toMatchObject([
    {
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Rollcall',
            Dimensions: [['service']],
            Metrics: [{ Name: 'SyncDurationMs', Unit: 'Milliseconds' }],
          },
        ],
      },
      service: 'Rollcall-test',
      SyncDurationMs: 1_234,
    },
  ])
})

test('A schedule’s runs have the schedule as a second dimension, and the next metric does not', () => {
  const record = createMetrics('Rollcall-test')
  const lines = printedLines(() => {
    record('scheduleRuns', 1, { schedule: 'nightly' })
    record('syncsDispatched', 5)
  })
  expect(lines).toMatchObject([
    { _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'Schedule']] }] }, Schedule: 'nightly', ScheduleRuns: 1 },
    { _aws: { CloudWatchMetrics: [{ Dimensions: [['service']] }] }, SyncsDispatched: 5 },
  ])
  expect(lines[1]).not.toHaveProperty('Schedule')
})
