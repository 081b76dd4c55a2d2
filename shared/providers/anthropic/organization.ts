import type { Invite } from '../../data-sets/invites/invites.ts'
import type { KeysItem } from '../../data-sets/keys/keys.ts'
import { HttpClient, type HttpClientOptions } from '../http/http-client.ts'
import type { ListReader, Organization, SeriesReader } from '../provider.ts'
import { readCosts, TOTAL } from './costs.ts'
import { anthropicDialect } from './dialect.ts'
import { getUsers, readDirectory, readFirstPage } from './directory.ts'
import { getInvites, readInvites } from './invites.ts'
import { getKeys, readKeys } from './keys.ts'
import { checkReport } from './report-pages.ts'
import { organizationSchema } from './schemas.ts'
import { UsageReport } from './usage.ts'

/** The longest wait for the organization's name, which is optional. */
const DESCRIPTION_MS = 4_000

/** An organization with the data sets of Anthropic. */
interface AnthropicOrganization extends Organization {
  readonly series: { readonly usage: SeriesReader; readonly other_usage: SeriesReader; readonly costs: SeriesReader }
  readonly lists: { readonly keys: ListReader<KeysItem>; readonly invites: ListReader<Invite> }
}

/** Opens an organization at Anthropic's Admin API. No request continues after the deadline. */
export function openAnthropicOrganization(options: HttpClientOptions): AnthropicOrganization {
  const client = new HttpClient(anthropicDialect, options)
  const usageReport = new UsageReport(client)
  return {
    directory: {
      check: async () => {
        await getUsers(client, 1)
      },
      read: (onPage) => readDirectory(client, onPage),
      readFirstPage: () => readFirstPage(client),
    },
    series: {
      usage: {
        check: (now) => usageReport.check(now),
        read: async (window, readOptions) => (await usageReport.read(window, readOptions)).usage,
      },
      other_usage: {
        check: (now) => usageReport.check(now),
        read: async (window, readOptions) => (await usageReport.read(window, readOptions)).otherUsage,
      },
      costs: {
        check: (now) => checkReport(client, TOTAL, now),
        read: (window, readOptions) => readCosts(client, window, readOptions),
      },
    },
    lists: {
      keys: {
        check: async () => {
          await getKeys(client, 1)
        },
        read: (onPage, scope) => readKeys(client, onPage, scope),
      },
      invites: {
        check: async () => {
          await getInvites(client, 1)
        },
        read: (onPage) => readInvites(client, onPage),
      },
    },
    // https://docs.claude.com/en/api/admin-api/organization/get-me
    identify: () =>
      client.endingBy(new Date(client.now().getTime() + DESCRIPTION_MS)).get({
        dataSet: 'directory',
        path: '/v1/organizations/me',
        query: [],
        schema: organizationSchema,
      }),
    // The list of keys has no Admin keys, so the expiry is not reported.
    findKeyExpiry: async () => null,
  }
}
