import { expect, test } from '@jest/globals'
import { alarmsOf, pageOf } from '../infra/alarms.ts'
import { synthesized } from '../infra/synthesized.ts'
import { anchorsOf, pageText } from './pages.ts'

const text = pageText('runbook.md')
const pages = anchorsOf(text, 2)

test('Every alarm links a page that exists, and every page belongs to an alarm', async () => {
  const alarms = alarmsOf(await synthesized('production'))
  const linked = alarms.map((alarm) => pageOf(alarm) ?? `none in “${alarm.AlarmDescription}”`)
  expect([...new Set(linked)].toSorted()).toEqual(pages.toSorted())
})

test.each(pages)('The page “%s” has effects, causes, commands, steps, and how to see that it is over', (page) => {
  const body = text
    .split(/^## /m)
    .slice(1)
    .find((_, index) => pages[index] === page)
  const parts = [...(body ?? '').matchAll(/^\*\*([A-Z][a-z ]+)\.\*\*/gm)].map(([, part]) => part)
  expect(parts).toEqual(['What people notice', 'Likely causes', 'Look at', 'Do', 'Over when'])
})
