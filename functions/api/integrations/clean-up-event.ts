import * as z from 'zod'

/** The event that the hourly schedule sends to the api function, the only function that may destroy keys. */
export const cleanUpEventSchema = z.strictObject({ cleanUp: z.literal(true) })

export type CleanUpEvent = z.infer<typeof cleanUpEventSchema>
