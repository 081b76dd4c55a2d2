import * as z from 'zod'

/** What a schedule of the deployment hands to the dispatch function. */
export const dispatchEventSchema = z.strictObject({ scheduleName: z.string().min(1) })

export type DispatchEvent = z.infer<typeof dispatchEventSchema>
