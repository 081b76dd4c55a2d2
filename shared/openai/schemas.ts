import * as z from 'zod'

/** OpenAI sends some numbers as text. Counts are whole and not negative; anything else is not what it should be. */
const count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .refine((value) => Number.isSafeInteger(value) && value >= 0, 'not a count')

const unixSeconds = count
const text = z.string().nullish()

/** The envelope of list endpoints. `has_more` is required: taking its absence for the end could lose people. */
export const userPageSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.string().min(1),
      added_at: unixSeconds,
      email: text,
      name: text,
      role: text,
      api_key_last_used_at: unixSeconds.nullish(),
      is_service_account: z.boolean().nullish(),
      is_scim_managed: z.boolean().nullish(),
      projects: z.looseObject({ data: z.array(z.looseObject({ id: z.string(), name: text, role: text })) }).nullish(),
      user: z
        .looseObject({ email: text, name: text, enabled: z.boolean().nullish(), banned: z.boolean().nullish() })
        .nullish(),
    }),
  ),
  last_id: text,
  has_more: z.boolean(),
})

export type UserPage = z.infer<typeof userPageSchema>
export type ListedUser = UserPage['data'][number]

/** A page of usage buckets of completions. */
export const usagePageSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      start_time: unixSeconds,
      end_time: unixSeconds,
      results: z.array(
        z.looseObject({
          user_id: text,
          model: text,
          num_model_requests: count,
          input_tokens: count,
          output_tokens: count,
          input_cached_tokens: count.nullish(),
        }),
      ),
    }),
  ),
  has_more: z.boolean(),
  next_page: text,
})

export type UsagePage = z.infer<typeof usagePageSchema>

/** The organization's admin keys: for the expiry of the one in use. */
export const adminKeyPageSchema = z.looseObject({
  data: z.array(z.looseObject({ redacted_value: z.string(), expires_at: unixSeconds.nullish() })),
})

/** An error's body. `error` is an object, or reportedly a bare string. */
export const errorBodySchema = z.looseObject({
  error: z.union([z.string(), z.looseObject({ message: text, code: text })]),
})
