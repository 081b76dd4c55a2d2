import * as z from 'zod'

/** A provider, with everything that a form needs to ask for one of its keys. */
const providerSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    membersUrl: z.url().meta({ description: 'The page where owners manage the members.' }),
    unmeasuredProduct: z
      .string()
      .nullable()
      .meta({ description: 'A product of the provider whose use is not measured. Null if there is none.' }),
    key: z
      .strictObject({
        label: z.string().meta({ description: 'The provider’s name for the key.' }),
        prefix: z.string().meta({ description: 'The prefix of the key.' }),
        steps: z.array(z.string()),
        whoCanCreate: z.string(),
      })
      .meta({ description: '`steps` and `whoCanCreate` are Markdown with bold text, code and links.' }),
    dataSets: z.array(
      z.strictObject({
        id: z.string(),
        required: z.boolean().meta({ description: 'A key that cannot read it is refused.' }),
        permission: z.string().meta({ description: 'The permission that the key needs.' }),
        gives: z.string().meta({ description: 'What users get from it.' }),
      }),
    ),
  })
  .meta({ id: 'Provider' })

export const providerListSchema = z.strictObject({ items: z.array(providerSchema) })

export type WireProvider = z.output<typeof providerSchema>
