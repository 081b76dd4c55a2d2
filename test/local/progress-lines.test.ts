import { expect, test } from '@jest/globals'
import { progressLines } from '../../local/output/progress-lines.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { counts } from '../builders.ts'

const QUEUED = queuedSync('a', 'schedule', new Date('2026-11-24T12:00:00.000Z'))

function lineOf(sync: Partial<Sync>): string {
  const lines: string[] = []
  progressLines((line) => void lines.push(line))('acme', { ...QUEUED, ...sync })
  return lines.join('\n')
}

test('The end of a sync is a line with the people and the rows of each series that it read and wrote', () => {
  const line = lineOf({
    state: 'succeeded',
    startedAt: '2026-11-24T12:00:00.000Z',
    finishedAt: '2026-11-24T12:00:01.500Z',
    read: counts({ users: 3, usageRows: 40 }),
    written: counts({ users: 1, usageRows: 2 }),
  })
  expect(line).toContain('Sync of acme: read 3 people and 40 usage rows')
  expect(line).toContain('wrote 1 people and 2 usage rows')
  expect(line).toContain(', in 1.5 s')
})

test('A failed sync is a line with its reason', () => {
  const problem = { code: 'invalid_admin_key', detail: 'It was revoked.' } as const
  expect(lineOf({ state: 'failed', problem })).toBe('Sync of acme failed: It was revoked.')
})
