import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import OpenAI from 'openai'
import * as z from 'zod'
import { serve, timed } from './child.ts'
import { MEASURED_AT, WINDOW_DAYS } from './measured-company.ts'

// What somebody would write in an afternoon: OpenAI's SDK reads everybody and everybody's usage, one page after another,
// and one transaction puts all of it into SQLite.
type Completions = OpenAI.Admin.Organization.UsageCompletionsResponse

const DAY_SECONDS = 86_400
const DAYS_PER_PAGE = 31
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
const database = new DatabaseSync(join(folder, 'script.db'))
database.exec(`
  CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT, name TEXT, role TEXT, added_at INTEGER, api_key_last_used_at INTEGER);
  CREATE TABLE usage (day INTEGER, user_id TEXT, model TEXT, requests INTEGER, input_tokens INTEGER, cached_tokens INTEGER,
    output_tokens INTEGER, PRIMARY KEY (user_id, model, day));
`)
const putUser = database.prepare('INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?, ?, ?)')
const putUsage = database.prepare('INSERT OR REPLACE INTO usage VALUES (?, ?, ?, ?, ?, ?, ?)')
let client: OpenAI | undefined

process.on('exit', () => {
  database.close()
  rmSync(folder, { recursive: true })
})

serve({
  open: async (argument) => {
    const { baseUrl, key } = z.object({ baseUrl: z.string(), key: z.string() }).parse(argument)
    client = new OpenAI({ adminAPIKey: key, baseURL: baseUrl })
  },
  sync: () => timed(syncAll),
  stored: async () =>
    z
      .object({ people: z.int(), rows: z.int() })
      .parse(
        database.prepare('SELECT (SELECT COUNT(*) FROM users) AS people, (SELECT COUNT(*) FROM usage) AS rows').get(),
      ),
})

async function syncAll(): Promise<void> {
  if (client === undefined) throw new Error('The script has no key.')
  const people = []
  for await (const user of client.admin.organization.users.list({ limit: 100 })) people.push(user)
  const days = await usageOf(client)
  database.exec('BEGIN')
  for (const { id, email, name, role, added_at: addedAt, api_key_last_used_at: lastUsedAt } of people) {
    putUser.run(id, email ?? null, name ?? null, role ?? null, addedAt, lastUsedAt ?? null)
  }
  for (const day of days) storeUsage(day)
  database.exec('COMMIT')
}

async function usageOf({ admin }: OpenAI): Promise<Completions['data']> {
  const days = []
  let page: string | null = null
  do {
    const query = { ...usageQuery(), ...(page === null ? {} : { page }) }
    const reply: Completions = await admin.organization.usage.completions(query)
    days.push(...reply.data)
    page = reply.has_more ? reply.next_page : null
  } while (page !== null)
  return days
}

function storeUsage({ start_time: day, results }: Completions['data'][number]): void {
  for (const row of results) {
    if (row.object !== 'organization.usage.completions.result') continue
    const { user_id: userId, model, num_model_requests: requests, input_cached_tokens: cached } = row
    putUsage.run(day, userId ?? null, model ?? null, requests, row.input_tokens, cached ?? 0, row.output_tokens)
  }
}

/** The days up to today. */
function usageQuery() {
  const tomorrow = (Math.floor(MEASURED_AT.getTime() / 1_000 / DAY_SECONDS) + 1) * DAY_SECONDS
  return {
    start_time: tomorrow - WINDOW_DAYS * DAY_SECONDS,
    end_time: tomorrow,
    bucket_width: '1d' as const,
    group_by: ['user_id' as const, 'model' as const],
    limit: DAYS_PER_PAGE,
  }
}
