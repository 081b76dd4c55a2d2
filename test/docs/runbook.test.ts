import { expect, test } from '@jest/globals'
import { alarmsOf, pageOf } from '../infra/alarms.ts'
import { synthesized } from '../infra/synthesized.ts'
import { anchorsOf, pageText } from './pages.ts'

const text = pageText('runbook.md')
const pages = anchorsOf(text, 2)

/** The anchors that the stack's alarms link. */
const linked = alarmsOf(await synthesized('production')).map(
  (alarm) => pageOf(alarm) ?? `none in “${alarm.AlarmDescription}”`,
)

test('Every alarm links a page that exists, and every page belongs to an alarm', () => {
  expect([...new Set(linked)].toSorted()).toEqual(pages.toSorted())
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
