import type { CostsQuery } from '../../../shared/contracts/costs-contract.ts'
import type { WireAsOf } from '../../../shared/contracts/data-contract.ts'
import type { CostViews } from '../../../shared/data-sets/costs/cost-views.ts'
import { preliminaryFrom } from '../../../shared/data-sets/costs/preliminary-days.ts'
import type { Amounts } from '../../../shared/data-sets/data-set.ts'
import { byCell, byDay, byLabel, type LabelSum } from '../../../shared/data-sets/day-series/series-view.ts'
import { isKey, type KeyOwner } from '../../../shared/data-sets/keys/keys.ts'
import { namedOwner } from '../../../shared/data-sets/keys/owned-key.ts'
import type { SnapshotPerson } from '../../../shared/data-sets/directory/directory-person.ts'
import type { Snapshot } from '../../../shared/data-sets/snapshot.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { Integration } from '../../../shared/integrations/integration.ts'
import type { LoadedSnapshot } from './loaded-snapshot.ts'

/** The costs of an organization in one currency, and the days that are asked for. */
export interface CostsRead {
  readonly asOf: WireAsOf
  readonly integration: Integration
  readonly loaded: LoadedSnapshot
  readonly views: CostViews
  readonly range: Window
}

type Row = Readonly<Record<string, unknown>>

/** The items of an answer, by grouping. They add up to the total. */
export const COST_ITEMS: Readonly<Record<CostsQuery['groupBy'], (read: CostsRead) => readonly Row[]>> = {
  day: ({ views, range, loaded }) => {
    const projectName = projectNamesOf(loaded.snapshot)
    return byDay(views.ofProjects, range).map(({ day, amounts, parts: [projects = [], lineItems = []] }) => ({
      day,
      amount: amountIn(amounts),
      preliminary: isPreliminary(day, views),
      projects: projects.map((project) => projectRow(project, projectName)),
      lineItems: lineItems.map((lineItem) => lineItemRow(lineItem)),
    }))
  },
  user: ({ views, range, loaded }) =>
    loaded.costsByPerson(views, range).map(({ amounts, ...person }) => ({ ...person, amount: amountIn(amounts) })),
  project: ({ views, range, loaded }) => {
    const projectName = projectNamesOf(loaded.snapshot)
    return byLabel(views.ofProjects, 0, range).map((project) => projectRow(project, projectName))
  },
  lineItem: ({ views, range }) => byLabel(views.ofProjects, 1, range).map((lineItem) => lineItemRow(lineItem)),
  key: (read) => keysOf(read),
}

/** The rows of a file, where they differ from the items of an answer. */
export const COST_CSV_ROWS: Readonly<Partial<Record<CostsQuery['groupBy'], (read: CostsRead) => readonly Row[]>>> = {
  day: (read) => cellsOf(read),
  key: (read) =>
    keysOf(read).map(({ project, owner, ...row }) => ({
      ...row,
      projectId: project?.id ?? null,
      projectName: project?.name ?? null,
      ownerId: owner?.id ?? null,
      ownerEmail: owner?.email ?? null,
      ownerName: owner?.name ?? null,
    })),
}

function keysOf({ views, range, loaded }: CostsRead) {
  const { lists, people } = loaded.snapshot
  const keys = new Map((lists.keys ?? []).filter(isKey).map((key) => [key.id, key]))
  const persons = new Map(people.map((person) => [person.userId, person]))
  return byLabel(views.ofKeys, 0, range).map(({ label, amounts }) => {
    const { name = null, project = null, owner = null } = keys.get(label) ?? {}
    return {
      keyId: label || null,
      name,
      owner: owner && toWireOwner(owner, persons),
      project,
      amount: amountIn(amounts),
    }
  })
}

function toWireOwner(owner: KeyOwner, persons: ReadonlyMap<string, SnapshotPerson>) {
  const { id, name, email } = namedOwner(owner, persons.get(owner.id))
  return { id, name, email }
}

function projectRow({ label, amounts }: LabelSum, nameOf: ReadonlyMap<string, string | null>) {
  return { projectId: label || null, name: nameOf.get(label) ?? null, amount: amountIn(amounts) }
}

function lineItemRow({ label, amounts }: LabelSum) {
  return { lineItem: label || null, amount: amountIn(amounts) }
}

function cellsOf({ views, range, loaded }: CostsRead): Row[] {
  const names = projectNamesOf(loaded.snapshot)
  return byCell(views.ofProjects, range).map(({ day, labels: [projectId = '', lineItem = ''], amounts }) => ({
    day,
    projectId: projectId || null,
    projectName: names.get(projectId) ?? null,
    lineItem: lineItem || null,
    amount: amountIn(amounts),
    preliminary: isPreliminary(day, views),
  }))
}

/** The days on which a user caused costs. */
export function costDaysOf({ views, range }: CostsRead, userId: string) {
  return byDay(views.ofPeople, range, userId).map(({ day, amounts }) => ({
    day,
    amount: amountIn(amounts),
    preliminary: isPreliminary(day, views),
  }))
}

/** The names of projects by id. Projects are named where their keys and members are listed. */
export function projectNamesOf({ people, lists }: Snapshot): ReadonlyMap<string, string | null> {
  const ofKeys = (lists.keys ?? []).flatMap(({ project }) => (project === null ? [] : [project]))
  const ofPeople = people.flatMap(({ projects }) => projects ?? [])
  return new Map([...ofPeople, ...ofKeys].filter(({ name }) => name !== null).map(({ id, name }) => [id, name]))
}

function amountIn(amounts: Amounts): string {
  return String(amounts['amount'] ?? '0')
}

function isPreliminary(day: Day, { to }: CostViews): boolean {
  return day >= preliminaryFrom(to)
}
