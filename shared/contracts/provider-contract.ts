import * as z from 'zod'
import { PART_NAMES } from '../data-sets/keys/keys.ts'
import type { Provider } from '../providers/provider.ts'

/**
 * A provider, with everything that a form needs to ask for one of its keys, and the facts that pages state. The fields are
 * those of `Provider` with the same names: this schema picks them, and there is no other mapping.
 */
const providerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    partName: z
      .enum(PART_NAMES)
      .meta({ description: 'What it calls a part of an organization. The plural is regular.' }),
    membersUrl: z.url().meta({ description: 'The page where owners manage the members.' }),
    unmeasuredProduct: z
      .string()
      .nullable()
      .meta({ description: 'A product of the provider whose use is not measured. Null if there is none.' }),
    countsAsRequests: z.string().meta({ description: 'What counts as requests, to begin a sentence with.' }),
    freeSeats: z.boolean().meta({ description: 'True when a seat costs nothing in any organization.' }),
    key: z
      .object({
        label: z.string().meta({ description: 'The provider’s name for the key.' }),
        prefix: z.string().meta({ description: 'The prefix of the key.' }),
        steps: z.array(z.string()),
        whoCanCreate: z.string(),
      })
      .meta({ description: '`steps` and `whoCanCreate` are Markdown with bold text, code and links.' }),
    dataSets: z.array(
      z.object({
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

/** The answer about these providers. */
export function toWireProviders(providers: readonly Provider[]): { items: WireProvider[] } {
  return providerListSchema.parse({ items: providers })
}
