import type { Stage } from './life.ts'
import type { Random } from '../../histories/seed.ts'

const MS_PER_DAY = 86_400_000
const MODELS = ['gpt-5', 'gpt-5-mini']
/** Some batches' worth. */
const ROWS_A_CHANGE = 90
const WINDOW_DAYS = 60

/** Somebody joins, somebody leaves, and figures all over the window are revised. */
export function changeOrganization({ organization: { company }, now }: Stage, turn: number, random: Random): void {
  const drawn = <Option>(options: readonly Option[]): Option => {
    const option = options[Math.floor(random() * options.length)]
    if (option === undefined) throw new Error('There is nothing to draw from.')
    return option
  }
  const people: readonly { readonly id: string }[] = company.usersAt(now)
  if (turn % 2 === 1) company.remove(drawn(people).id)
  const id = `user-new${turn}`
  company.add({ id, role: 'reader', email: `new${turn}@acme.example`, name: `New ${turn}` })
  const userIds = [...people.map((person) => person.id), id]
  for (let row = 0; row < ROWS_A_CHANGE; row += 1) {
    const daysAgo = Math.floor(random() * WINDOW_DAYS)
    const requests = 1 + Math.floor(random() * 100)
    company.addUsage({
      day: new Date(now.getTime() - daysAgo * MS_PER_DAY).toISOString().slice(0, 10),
      userId: drawn(userIds),
      model: drawn(MODELS),
      requests,
      inputTokens: requests * 100,
      cachedInputTokens: requests * 10,
      outputTokens: requests * 50,
    })
  }
}
