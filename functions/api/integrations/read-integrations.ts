import * as z from 'zod'
import type { Integration } from '../../../shared/integrations/integration.ts'
import type { Schedule } from '../../../shared/schedules/schedule.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { decodeCursor, encodeCursor, firstPage } from '../http/cursor.ts'
import { progressOf } from '../syncs/read-syncs.ts'
import { toWireIntegration } from './to-wire-integration.ts'

interface PageQuery {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** A page of visible integrations, the oldest first. */
export async function listIntegrations(deps: ApiDependencies, query: PageQuery) {
  const all = await deps.integrations.listIntegrations()
  const visible = all.filter(({ lifecycle }) => lifecycle === 'visible')
  const { items, nextCursor } = pageBy('listIntegrations', visible, ({ id }) => id, query)
  return { items: await Promise.all(items.map((integration) => wire(deps, integration))), nextCursor }
}

/** A page of the deployment's schedules, by name. */
export async function listSchedules(deps: ApiDependencies, query: PageQuery) {
  const { items, nextCursor } = pageBy('listSchedules', deps.schedules, ({ name }: Schedule) => name, query)
  return {
    items: items.map(({ name, expression, timeZone, default: isDefault }) => ({
      name,
      expression,
      timeZone,
      default: isDefault,
    })),
    nextCursor,
  }
}

/** The current state of an integration. */
export async function wire(deps: ApiDependencies, integration: Integration) {
  const progress = await progressOf(deps, integration)
  return toWireIntegration(integration, { schedules: deps.schedules, now: deps.now(), progress })
}

function pageBy<Item>(operationId: string, all: readonly Item[], keyOf: (item: Item) => string, query: PageQuery) {
  const scope = { operationId, integrationId: null, query: {} }
  const after = decodeCursor(scope, query.cursor, z.string())
  const sorted = all.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
  const rest = after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after)
  const { items, last } = firstPage(rest, query.limit)
  return { items, nextCursor: last === null ? null : encodeCursor(scope, keyOf(last)) }
}
