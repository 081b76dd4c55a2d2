import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { synthesize } from '../infra/synthesize.ts'
import { anchorsOf, pageText } from './pages.ts'

const text = pageText('runbook.md')
const pages = anchorsOf(text, 2)
const alarmSchema = z.object({ AlarmDescription: z.string() })

/** The anchors that the stack's alarms link. */
function linked(): string[] {
  const schedule = { name: 'hourly', expression: 'rate(1 hour)', timeZone: 'UTC', default: true }
  const alarms = Object.values(synthesize({ schedules: [schedule] }).findResources('AWS::CloudWatch::Alarm'))
  return alarms.map(({ Properties }) => {
    const { AlarmDescription } = alarmSchema.parse(Properties)
    return /docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1] ?? `none in “${AlarmDescription}”`
  })
}

test('Every alarm links a page that exists, and every page belongs to an alarm', () => {
  expect([...new Set(linked())].toSorted()).toEqual(pages.toSorted())
})

test.each(pages)(
  'The page “%s” says what people notice, why, where to look, what to do, and how to see it is over',
  (page) => {
    const body = text
      .split(/^## /m)
      .slice(1)
      .find((_, index) => pages[index] === page)
    const parts = [...(body ?? '').matchAll(/^\*\*([A-Z][a-z ]+)\.\*\*/gm)].map(([, part]) => part)
    expect(parts).toEqual(['What people notice', 'Likely causes', 'Look at', 'Do', 'Over when'])
  },
)
