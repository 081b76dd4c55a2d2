import * as z from 'zod'
import type { ApiBench } from '../api/api-bench.ts'
import { companyPeople, type ModelIntegration, oldestSyncedAt, personAnswer, workingKeys } from '../model/company.ts'
import type { ModelUser } from '../model/users.ts'
import { same } from './compared.ts'

const answerSchema = z.object({
  items: z.array(z.looseObject({ id: z.string(), name: z.string().nullable(), memberships: z.unknown() })),
  nextCursor: z.null(),
  total: z.number(),
  oldestSyncedAt: z.string().nullable(),
})
/** By the parameters of a query: what one membership of somebody must be. */
const QUERIES: readonly (readonly [string, (user: ModelUser) => boolean])[] = [
  ['', ({ accountStatus }) => accountStatus === 'active'],
  ['&accountStatus=any', () => true],
  ['&seat=guest&license=unused', ({ seat, license }) => seat?.type === 'guest' && license === 'unused'],
]

/** Compares the people over all organizations with the model's. Returns the number of compared answers. */
export async function comparePeople(api: ApiBench, integrations: readonly ModelIntegration[]): Promise<number> {
  const people = companyPeople(integrations)
  const keysOf = new Map(integrations.map(({ id, model }) => [id, workingKeys(model, 0)]))
  for (const [query, isAsked] of QUERIES) {
    const path = `/people?limit=1000${query}`
    const answer = answerSchema.parse((await api.request('GET', path)).body)
    const expected = people
      .filter((person) => person.some(({ user }) => isAsked(user)))
      .map((person) => personAnswer(person, keysOf, new Map()))
    const told = answer.items.map(({ id: _id, ...person }) => person)
    same(path, inOneOrder(told), inOneOrder(expected))
    same(`${path}: total`, [answer.total, answer.oldestSyncedAt], [expected.length, oldestSyncedAt(integrations)])
    same(`${path}: ids`, new Set(answer.items.map(({ id }) => id)).size, told.length)
    const names = told.flatMap(({ name }) => name ?? [])
    same(`${path}: by name`, names, names.toSorted(new Intl.Collator('en').compare))
  }
  return QUERIES.length
}

/** The ids of people are random, and those of one name are in the order of their ids. */
function inOneOrder<Person extends { readonly memberships: unknown }>(people: readonly Person[]): Person[] {
  const placeOf = ({ memberships }: Person) => JSON.stringify(memberships)
  return people.toSorted((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
}
