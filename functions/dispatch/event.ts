import * as z from 'zod'

/** The event that a schedule sends to the dispatch function. */
export const dispatchEventSchema = z.strictObject({ scheduleName: z.string().min(1) })

export type DispatchEvent = z.infer<typeof dispatchEventSchema>
