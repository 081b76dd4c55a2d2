import * as z from 'zod'

/**
 * What a process is to die of: its nth event of a kind, counted from when it receives the plan.
 * - `reading`: requests to the provider
 * - `saving`: the write that announces snapshots, and their parts
 * - `publishing`: the write that points to them
 * - `recording`: batches of the record, and the write that ends the run
 * - `clearing`: parts of old snapshots that are deleted
 * - `storing`: every write, to the table or to the files of keys
 */
export const KINDS = ['reading', 'saving', 'publishing', 'recording', 'clearing', 'storing'] as const
export type Kind = (typeof KINDS)[number]

/** Just before it is sent, while it is under way, or when it has been answered. */
export const MOMENTS = ['before', 'during', 'after'] as const

/** `request`: only requests to the provider whose address has it are counted, a regular expression. */
const killPlanSchema = z.object({
  kind: z.enum(KINDS),
  nth: z.number(),
  moment: z.enum(MOMENTS),
  request: z.string().optional(),
})
export type KillPlan = z.output<typeof killPlanSchema>

const windowSchema = z.object({ from: z.string(), to: z.string() })

/** The variable that says how far the process's clock is ahead of the machine's, in milliseconds. */
export const CLOCK_OFFSET = 'TEST_CLOCK_OFFSET_MS'

/** What the test says to the process. */
export const toldSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('die'), plan: killPlanSchema }),
  z.object({ say: z.literal('live') }),
  z.object({ say: z.literal('items'), integrationId: z.string() }),
  z.object({ say: z.literal('record'), integrationId: z.string(), window: windowSchema }),
])
export type Told = z.output<typeof toldSchema>

/** What the process answers: the keys of all items of an integration, or its record. */
export const answerSchema = z.discriminatedUnion('say', [
  z.object({ say: z.literal('heard') }),
  z.object({ say: z.literal('items'), keys: z.array(z.string()) }),
  z.object({ say: z.literal('record'), record: z.array(z.string()) }),
])
export type ToldAnswer = z.output<typeof answerSchema>
