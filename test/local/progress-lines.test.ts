import { expect, test } from '@jest/globals'
import { progressLines } from '../../local/output/progress-lines.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { syncProblem } from '../../shared/domain/problem.ts'

const QUEUED = queuedSync('a', 'schedule', new Date('2026-11-24T12:00:00.000Z'))

function lineOf(sync: Partial<Sync>): string {
  const lines: string[] = []
  progressLines((line) => void lines.push(line))({ id: 'acme', provider: 'openai' }, { ...QUEUED, ...sync })
  return lines.join('\n')
}

test('The end of a sync is a line with the people and the rows of each series that it read and wrote', () => {
  const line = lineOf({
    state: 'succeeded',
    startedAt: '2026-11-24T12:00:00.000Z',
    finishedAt: '2026-11-24T12:00:01.500Z',
    dataSets: {
      directory: { unchanged: false, rows: 3, written: 1, problem: null },
      usage: { unchanged: false, rows: 40, written: 2, problem: null },
    },
  })
  expect(line).toContain('Sync of acme: read 3 people, 40 usage rows, 0 other usage rows, and 0 cost rows,')
  expect(line).toContain('wrote 1 person, 2 usage rows, 0 other usage rows, and 0 cost rows,')
  expect(line).toContain(', in 1.5 s')
})

test('A failed sync is a line with its reason', () => {
  const problem = syncProblem('invalid_admin_key')
  expect(lineOf({ state: 'failed', problem })).toMatch(/^Sync of acme failed: OpenAI did not accept the key/)
})
