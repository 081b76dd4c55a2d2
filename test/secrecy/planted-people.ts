import type { AddedPerson } from '../../local/simulated-openai/company.ts'
import { personTrace, type Trace } from './traces.ts'

/** Somebody whom no other text names by chance. */
interface PlantedPerson extends AddedPerson {
  readonly name: string
  readonly email: string
}

/** People to be put into a simulated directory, with all that names can hold. */
export const PLANTED_PEOPLE: readonly PlantedPerson[] = [
  { id: 'user-planted-1', name: 'Wilhelmina Plantagenet', email: 'wilhelmina.plantagenet@acme.example', role: 'owner' },
  { id: 'user-planted-2', name: 'Zoë “Zed” O’Plánted', email: 'zoe+planted@acme.example', role: 'reader' },
  { id: 'user-planted-3', name: '植村 花子', email: 'hanako.planted@partner.example', role: 'reader' },
  { id: 'user-planted-4', name: '=HYPERLINK("//p.example")', email: 'formula.planted@acme.example', role: 'reader' },
]

/** Traces of their names and emails, and of what somebody searched for. */
export function peopleTraces(searched: string): Trace[] {
  const ofPeople = PLANTED_PEOPLE.flatMap(({ id, name, email }) => [
    personTrace(`the name of ${id}`, name),
    personTrace(`the email of ${id}`, email),
  ])
  return [...ofPeople, personTrace('the search', searched)]
}
