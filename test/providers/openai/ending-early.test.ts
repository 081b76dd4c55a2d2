import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { HttpClient } from '../../../shared/providers/http/http-client.ts'
import { openAiDialect } from '../../../shared/providers/openai/dialect.ts'
import { DayPages } from '../../../shared/providers/openai/day-pages.ts'
import { COMPLETIONS, readUsage } from '../../../shared/providers/openai/usage.ts'
import { startOfDay } from '../../../shared/domain/day.ts'
import { WINDOW } from '../../builders.ts'
import { noTimeout } from '../../watchdog.ts'

const OPENAI = { baseUrl: 'https://api.example.com/v1', key: new AdminApiKey('sk-admin-verysecretverysecret-wxyz') }
const DEADLINE_MS = Date.parse('2026-11-24T12:00:00.000Z')
const at = (ms: number) => new Date(DEADLINE_MS + ms)

/** So many turns of the event loop are enough for everything that does not wait for a reply. */
const TURNS = 50

test('When one range of days fails, the others request no further page', async () => {
  const otherAsked = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<void>()
  const wereAborted: (boolean | undefined)[] = []
  let pages = 0
  const client = new HttpClient(openAiDialect, {
    ...OPENAI,
    deadline: at(60_000),
    now: () => at(0),
    sleep: async () => {},
    timeout: noTimeout,
    fetch: async (target, options) => {
      const { searchParams } = new URL(target instanceof Request ? target.url : target)
      if (searchParams.get('start_time') === String(startOfDay(WINDOW.from).getTime() / 1_000)) {
        await otherAsked.promise
        failed.resolve()
        return Response.json({ error: { code: null, message: '' } }, { status: 403 })
      }
      pages += 1
      if (pages > 1) wereAborted.push(options?.signal?.aborted)
      otherAsked.resolve()
      await failed.promise
      for (let turn = 0; turn < TURNS; turn += 1) await nextTurn()
      return Response.json({ data: [], has_more: pages < 3, next_page: `page-${pages}` })
    },
  })
  const reading = readUsage(new DayPages(client, COMPLETIONS, { isRefused: false }), WINDOW, {
    maxDayReplyBytes: 1_000_000,
  })
  await expect(reading).rejects.toMatchObject({ code: 'insufficient_permissions' })
  expect(wereAborted).not.toContain(false)
})
