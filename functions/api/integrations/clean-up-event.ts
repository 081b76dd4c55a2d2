import * as z from 'zod'

/** What the hourly schedule hands to the api function, which alone may destroy keys. */
export const cleanUpEventSchema = z.strictObject({ cleanUp: z.literal(true) })

export type CleanUpEvent = z.infer<typeof cleanUpEventSchema>
