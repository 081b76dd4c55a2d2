import { join } from 'node:path'
import * as z from 'zod'
import type { Cdk } from './cdk.ts'
import type { Deployment } from './deployment.ts'
import { E2E_SCHEDULE_NAME } from './deployment-names.ts'
import { expect } from './step.ts'

const CHANGED = 'rate(45 minutes)'
/** The schedule itself; the api, which tells when it is due next; and when its alarms are. */
const UPDATED = [
  'HttpApi/Function',
  `Monitoring/DidNotRun-${E2E_SCHEDULE_NAME}`,
  `SyncPipeline/Schedules/${E2E_SCHEDULE_NAME}`,
]

const groupsSchema = z.object({ Schedules: z.array(z.object({ Name: z.string(), GroupName: z.string() })) })
const scheduleSchema = z.object({ ScheduleExpression: z.string() })

/** A changed schedule, deployed, is changed in the account, and nothing that does not follow from it is touched. */
export async function checkChangedSchedule({ bench, aws }: Deployment, cdk: Cdk): Promise<void> {
  // Against the template that is deployed: the emulator reports every resource of a stack it updates as updated.
  const text = await cdk.diff(CHANGED)
  const differing = [...text.matchAll(/^\[([-+~])\] AWS::\S+ (\S+)/gm)].map(([, how, path]) => `${how} ${path}`)
  const expected = UPDATED.map((path) => `~ ${path}`)
  expect(
    JSON.stringify(differing.toSorted()) === JSON.stringify(expected),
    `A changed schedule changes: ${differing.join(', ')}.\n${text}`,
  )
  await cdk.deploy(join(bench.folder, 'outputs-changed.json'), CHANGED)
  const { Schedules: all } = await aws.call('scheduler', 'list_schedules', {}, groupsSchema)
  const found = all.find(({ Name }) => Name === E2E_SCHEDULE_NAME)
  expect(found !== undefined, 'The schedule is gone.')
  const { ScheduleExpression: now } = await aws.call('scheduler', 'get_schedule', found, scheduleSchema)
  expect(now === CHANGED, `The deployed schedule is ${now}.`)
  bench.say('A changed schedule, deployed, changed that schedule, what the api tells of it and its alarm; nothing else')
}
