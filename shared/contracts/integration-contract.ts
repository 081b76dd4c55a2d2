import * as z from 'zod'
import {
  adminApiKey,
  companyDomains,
  count,
  cursor,
  day,
  instant,
  integrationName,
  keyExpiry,
  nextCursor,
  pageLimit,
  scheduleName,
} from './fields.ts'
import { DATA_SET_STATES } from '../integrations/integration.ts'
import { PROVIDER_IDS } from '../providers/find-provider.ts'
import { mistakeInProvidersKey } from './pasted-key.ts'
import { syncSchema } from './sync-contract.ts'

const provider = z.enum(PROVIDER_IDS)

/** Refuses a key with another provider's prefix. */
function refuseForeignKey({
  value: { provider, adminApiKey },
  issues,
}: z.core.ParsePayload<{ provider: string; adminApiKey: string }>): void {
  const message = mistakeInProvidersKey(provider, adminApiKey)
  if (message !== undefined) issues.push({ code: 'custom', path: ['adminApiKey'], message, input: undefined })
}

/** `POST /v1/key-checks` */
export const keyCheckRequest = z
  .strictObject({ provider, adminApiKey })
  .check(refuseForeignKey)
  .meta({ id: 'KeyCheckRequest' })

/** The result of a key check for each data set. */
export const keyCheckSchema = z
  .strictObject({
    valid: z.boolean().meta({ description: 'True when every required data set can be read.' }),
    keyHint: z.string().meta({ description: 'The last four characters of the key.' }),
    keyExpiresAt: instant.nullable(),
    organization: z
      .strictObject({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'The organization of the key. Null if the provider does not report it.' }),
    checks: z.array(
      z.strictObject({
        dataSet: z.string(),
        required: z.boolean(),
        ok: z.boolean(),
        code: z.string().nullable(),
        detail: z
          .string()
          .nullable()
          .meta({ description: 'Why it cannot be read, or which parts of it the key may not read.' }),
      }),
    ),
  })
  .meta({ id: 'KeyCheck' })

/** `POST /v1/integrations` */
export const connectRequest = z
  .strictObject({
    provider,
    name: integrationName,
    adminApiKey,
    companyDomains: companyDomains.optional(),
    schedule: scheduleName.optional(),
    keyExpiresAt: keyExpiry.optional(),
  })
  .check(refuseForeignKey)
  .meta({ id: 'ConnectRequest' })

/** `PATCH /v1/integrations/{id}` */
export const editRequest = z
  .strictObject({
    name: integrationName.optional(),
    adminApiKey: adminApiKey.optional(),
    companyDomains: companyDomains.optional(),
    schedule: scheduleName.optional(),
    keyExpiresAt: keyExpiry.optional(),
  })
  .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
    error: 'must name at least one field to change',
  })
  .meta({ id: 'EditRequest', override: { minProperties: 1 } })

export const integrationSchema = z
  .strictObject({
    id: z.string(),
    provider,
    name: z.string(),
    state: z.enum(['connected', 'action_required']),
    problem: z.strictObject({ code: z.string(), detail: z.string(), since: instant }).nullable(),
    keyHint: z.string(),
    keyExpiresAt: instant.nullable(),
    companyDomains: z.array(z.string()).meta({ description: 'The domains in effect.' }),
    companyDomainsInferred: z.boolean(),
    schedule: z.string().meta({ description: 'The name of the schedule in effect.' }),
    nextSyncAt: instant.nullable(),
    simulated: z.boolean(),
    createdAt: instant,
    lastSync: syncSchema.nullable(),
    lastSuccessfulSyncAt: instant.nullable(),
    recordedSyncId: z
      .string()
      .nullable()
      .meta({ description: 'The sync whose data the items of the table equal. They are written after publishing.' }),
    dataSets: z.array(
      z.strictObject({
        id: z.string(),
        state: z.enum(DATA_SET_STATES).meta({
          description:
            '`failed`: the last sync could not read it, and older data is shown. `not_permitted`: the key lacks the permission. `unavailable`: the organization does not have it. `never_read`: the configuration has switched it off, or no sync has read it yet; that is no problem. Of the others, `problem` says why they are not `current`.',
        }),
        problem: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
        syncedAt: instant.nullable().meta({ description: 'When the data that is shown was read.' }),
        from: day.nullable().meta({
          description:
            'The first day of the data that is shown. Of sign-ins, all are known from this day on; null while less than a day of them is known.',
        }),
        to: day.nullable(),
        missing: z
          .array(
            z.strictObject({
              part: z.string(),
              code: z.string(),
              rowsAsOf: instant.nullable().meta({
                description:
                  'When its data was read that is still shown. Null if none is: it was never read, or too long ago.',
              }),
            }),
          )
          .meta({
            description:
              'Parts that the organization does not have (`data_set_unavailable`) or that the key may not read (`insufficient_permissions`), such as kinds of usage. The last reading has none of them: their data is older than `syncedAt`.',
          }),
      }),
    ),
    counts: z.strictObject({ members: count, guests: count, inUse: count, unused: count, noData: count }),
  })
  .meta({ id: 'Integration' })

export const integrationListQuery = z.strictObject({ limit: pageLimit, cursor })
export const integrationListSchema = z.strictObject({ items: z.array(integrationSchema), nextCursor })

export const scheduleListSchema = z.strictObject({
  items: z.array(
    z
      .strictObject({ name: z.string(), expression: z.string(), timeZone: z.string(), default: z.boolean() })
      .meta({ id: 'Schedule' }),
  ),
  nextCursor,
})

export type KeyCheckRequest = z.output<typeof keyCheckRequest>
export type ConnectRequest = z.output<typeof connectRequest>
export type EditRequest = z.output<typeof editRequest>
export type WireKeyCheck = z.output<typeof keyCheckSchema>
export type WireIntegration = z.output<typeof integrationSchema>
