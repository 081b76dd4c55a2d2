import * as z from 'zod'

const integrationsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      lastSuccessfulSyncAt: z.string().nullable(),
      counts: z.object({ members: z.number(), guests: z.number(), unused: z.number() }),
      dataSets: z.array(z.object({ id: z.string(), syncedAt: z.string().nullable() })),
    }),
  ),
})
const costsSchema = z.object({
  total: z.string(),
  currency: z.string().nullable(),
  otherCurrencies: z.array(z.object({ currency: z.string(), total: z.string() })),
})
const usageSchema = z.object({ total: z.object({ requests: z.number() }) })

/** Fetches a path of the api as JSON. */
export type GetJson = (path: string) => Promise<unknown>

/** The connected organizations as a table for a terminal, and three example calls. All figures come from the API. */
export async function summaryLines(url: string, getJson: GetJson, needsToken: boolean): Promise<string[]> {
  const { items } = integrationsSchema.parse(await getJson('/v1/integrations?limit=1000'))
  const rows = await Promise.all(
    items.map(async ({ id, name, counts, dataSets, lastSuccessfulSyncAt }) => {
      if (lastSuccessfulSyncAt === null) return [name, 'not synced yet', '', '', '', '']
      const { total } = usageSchema.parse(await getJson(`/v1/integrations/${id}/usage?groupBy=model`))
      const hasCosts = dataSets.some((dataSet) => dataSet.id === 'costs' && dataSet.syncedAt !== null)
      const cost = hasCosts ? costText(costsSchema.parse(await getJson(`/v1/integrations/${id}/costs`))) : 'not read'
      return [name, counts.members, counts.guests, counts.unused, total.requests, cost].map((value) =>
        typeof value === 'number' ? value.toLocaleString('en') : value,
      )
    }),
  )
  const table = aligned([['Organization', 'Members', 'Guests', 'No use', 'Requests', 'Cost'], ...rows])
  return [
    ...(rows.length > 0 ? table : ['No organization is connected yet.']),
    '',
    'Try:',
    ...callsToTry(url, items[0]?.id, needsToken),
  ]
}

/** To the cent, in each currency. */
function costText({ total, currency, otherCurrencies }: z.output<typeof costsSchema>): string {
  if (currency === null) return 'none'
  const all = [{ currency, total }, ...otherCurrencies]
  return all.map((each) => `${toCents(each.total)} ${each.currency}`).join(', ')
}

function toCents(amount: string): string {
  return Number(amount).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

function callsToTry(url: string, id: string | undefined, needsToken: boolean): string[] {
  const paths =
    id === undefined
      ? ['/v1/health', '/v1/integrations', '/v1/schedules']
      : [
          `/v1/integrations/${id}/licenses`,
          `/v1/integrations/${id}/users?idleDays=30`,
          `/v1/integrations/${id}/usage?groupBy=user`,
        ]
  const header = needsToken ? `-H "Authorization: Bearer $ROLLCALL_TOKEN" ` : ''
  return paths.map((path) => `  curl -s ${header}'${url}${path}'`)
}
