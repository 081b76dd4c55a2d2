import * as z from 'zod'
import { amountText, tenBillionths } from '../../model/amounts.ts'
import { sumOf } from '../../model/rules.ts'

/** Gets an answer's body by its path below `/v1`. */
export type Get = (path: string) => Promise<unknown>

const asOfSchema = z.looseObject({ syncId: z.string(), from: z.string(), to: z.string() })
const answerSchema = z.looseObject({
  asOf: asOfSchema,
  items: z.array(z.looseObject({})).optional(),
  total: z.unknown().optional(),
})
type Answer = z.output<typeof answerSchema>

/** Everything that is answered about an integration's data, by path. */
export type Answers = Readonly<Record<string, Answer>>

const PATHS = [
  '/users?accountStatus=any&kind=any&limit=1000',
  '/users?accountStatus=disabled',
  '/usage?groupBy=day',
  '/usage?groupBy=model',
  '/usage?groupBy=user',
  '/costs?groupBy=day',
  '/costs?groupBy=user',
  '/costs?groupBy=key',
  '/licenses',
]

/** Asks for everything there is to know. */
export async function readAnswers(get: Get, integrationId: string): Promise<Answers> {
  const answers: Record<string, Answer> = {}
  for (const path of PATHS) answers[path] = answerSchema.parse(await get(`/integrations/${integrationId}${path}`))
  return answers
}

/** Which sync the answers show. Throws when they do not all show one. */
export function asOfOf(answers: Answers): z.output<typeof asOfSchema> {
  const [first, ...others] = Object.values(answers).map(({ asOf }) => asOf)
  if (first === undefined) throw new Error('There are no answers.')
  const mixed = others.find(({ syncId }) => syncId !== first.syncId)
  if (mixed !== undefined) throw new Error(`Answers mix the syncs ${first.syncId} and ${mixed.syncId}.`)
  return first
}

type Items = NonNullable<Answer['items']>

const usageRowSchema = z.object({
  requests: z.number(),
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
})

const costRowSchema = z.object({ amount: z.string() })

/** What two stores that read the same agree on: not which sync it was, nor whom only the older one has seen leave. */
export function comparable(answers: Answers): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([path, { asOf, ...answer }]) => {
      const items = answer.items && withoutLeavers(answer.items)
      const left = (answer.items?.length ?? 0) - (items?.length ?? 0)
      const { total } = answer
      return [
        path,
        {
          ...answer,
          from: asOf.from,
          to: asOf.to,
          ...(items && { items }),
          // Of people: how many match. Of usage: its sums.
          ...(typeof total === 'number' && { total: total - left }),
        },
      ]
    }),
  )
}

/** Those who were seen to leave are no users, and in usage by user one row with those who never were listed. */
function withoutLeavers(items: Items): Items {
  const present = items.filter((item) => item['accountStatus'] !== 'removed')
  const isLeaver = (item: Items[number]) => item['kind'] === 'former_member' || item['kind'] === 'not_listed'
  const leavers = present.filter((item) => isLeaver(item))
  if (leavers.length === 0) return present
  return [...present.filter((item) => !isLeaver(item)), { kind: 'not_listed', ...sumOfLeavers(leavers) }]
}

function sumOfLeavers(leavers: Items) {
  const costs = leavers.flatMap((item) => costRowSchema.safeParse(item).data ?? [])
  if (costs.length === 0) return sumOf(leavers.map((item) => usageRowSchema.parse(item)))
  return { amount: amountText(costs.reduce((sum, { amount }) => sum + tenBillionths(amount), 0n)) }
}
