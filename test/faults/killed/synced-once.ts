import * as z from 'zod'
import { asOfAnswer, licensesAnswer, sourcesAnswer, usageAnswer } from '../../model/answers.ts'
import { costsAnswer } from '../../model/costs-answers.ts'
import { storedCosts } from '../../model/stored-costs.ts'
import { Model } from '../../model/model.ts'
import type { ModelPerson } from '../../model/organization.ts'
import { readAnthropic } from '../../model/read-anthropic.ts'
import { readOrganization } from '../../model/read-organization.ts'
import { statusOf, windowAt } from '../../model/rules.ts'
import { usersBy } from '../../model/users.ts'
import { comparable, readAnswers } from './answers.ts'
import type { Stage } from './life.ts'

const groupBySchema = z.enum(['day', 'model', 'user'])

/** Its answers, as far as they compare, and its record. */
export interface SyncedOnce {
  readonly answers: Record<string, unknown>
  readonly record: readonly string[]
}

/** By the model: what a store answers and keeps that has synced the organization, as it is at `now`, a single time. */
export async function syncedOnce({ provider, organization, now }: Stage): Promise<SyncedOnce> {
  const access = { baseUrl: organization.baseUrl, key: organization.adminKey }
  const nowMs = now.getTime()
  const model = new Model({ provider })
  const found =
    provider === 'openai'
      ? await readOrganization(access, windowAt(nowMs), now, { readsLogins: true })
      : await readAnthropic(access, windowAt(nowMs), now)
  model.sync({ id: 'once', trigger: 'connect' }, { startedMs: nowMs, endedMs: nowMs }, found)
  const answers = await readAnswers(async (path) => answerOf(model, nowMs, path), 'once')
  const record = [
    ...found.people.map((person) => itemOf(person)),
    ...(model.published?.usage ?? []),
    ...costsRecorded(model),
  ]
  return { answers: comparable(answers), record: record.map((entry) => JSON.stringify(entry)).toSorted() }
}

function answerOf(model: Model, nowMs: number, path: string): unknown {
  const { pathname, searchParams } = new URL(path, 'http://model.example')
  if (pathname.endsWith('/licenses')) return licensesAnswer(model, nowMs)
  const { limit: _whole, ...query } = Object.fromEntries(searchParams)
  if (pathname.endsWith('/costs')) return costsAnswer(model, nowMs, query['groupBy'] ?? 'day')
  if (pathname.endsWith('/usage')) return usageAnswer(model, nowMs, groupBySchema.parse(query['groupBy']), {})
  const items = usersBy(model, query)
  return { items, nextCursor: null, total: items.length, asOf: asOfAnswer(model, nowMs), sources: sourcesAnswer(model) }
}

/** Costs by user, as the record has them. */
function costsRecorded({ published }: Model) {
  const costs = published?.costs ? storedCosts(published.costs) : []
  return costs
    .filter(({ report }) => report === 'user')
    .map(({ day, userId, report, currency, units }) => {
      return { day, userId, report, subject: '', lineItem: '', currency, cost: units }
    })
}

/** Somebody as the record has them. */
function itemOf(person: ModelPerson) {
  const { id, isServiceAccount, email, name, role, isScimManaged, addedAt, keyLastUsedAt, projects } = person
  return {
    userId: id,
    kind: isServiceAccount ? 'service_account' : 'person',
    email,
    name,
    role,
    accountStatus: statusOf({ ...person, removedAt: null }),
    scimManaged: isScimManaged,
    addedAt: instantOf(addedAt),
    apiKeyLastUsedAt: instantOf(keyLastUsedAt),
    projects,
    removedAt: null,
  }
}

function instantOf(unixSeconds: number | null): string | null {
  return unixSeconds === null ? null : new Date(unixSeconds * 1000).toISOString()
}
