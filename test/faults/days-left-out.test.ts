import { expect, test } from '@jest/globals'
import { startSynced } from './openai-bench.ts'
import { startSeed } from '../histories/seed.ts'

const seed = startSeed('days-left-out')
const ROUNDS = 2

test('When days without usage do not come, a sync finds everything, or fails since it would lose requests', async () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const bench = await startSynced(seed, round)
    try {
      bench.change()
      bench.behave({ emptyDaysOmitted: true, pageSizeAtMost: 5 })
      const { people, usage } = bench.organization
      const { code } = await bench.sync({ people, usage, leavesOutEmptyDays: true })
      expect([null, 'unexpected_reply']).toContain(code)
      await bench.recover()
    } finally {
      await bench.close()
    }
  }
})
