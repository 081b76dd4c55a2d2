import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const run = promisify(execFile)
const SOURCE = new URL('../../dashboard/src/', import.meta.url)

/** The zone of a process is set when it starts. */
const SCRIPT = `
  const { expiryDay, expiryInstant } = await import('${SOURCE.href}components/field-values.ts')
  const { formatDate, formatDay } = await import('${SOURCE.href}format/format-time.ts')
  const begins = expiryInstant('2027-01-31')
  console.log(JSON.stringify([begins, expiryDay(begins), formatDate('2026-11-24T23:30:00.000Z'), formatDay('2026-11-24')]))
`

test.each([
  ['Pacific/Auckland', '2027-01-30T11:00:00.000Z', 'Nov 25, 2026'],
  ['America/New_York', '2027-01-31T05:00:00.000Z', 'Nov 24, 2026'],
])('In %s dates are local, and UTC days are unchanged', async (zone, begins, date) => {
  const env = { ...process.env, TZ: zone, LC_ALL: 'en_US.UTF-8', NODE_NO_WARNINGS: '1' }
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', SCRIPT], { env })
  expect(JSON.parse(stdout)).toEqual([begins, '2027-01-31', date, 'Nov 24, 2026'])
})
