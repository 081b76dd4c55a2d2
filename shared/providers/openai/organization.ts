import { dayOf } from '../../domain/day.ts'
import { HttpClient, type HttpClientOptions } from '../http/http-client.ts'
import type { Organization, SeriesReader } from '../provider.ts'
import { findExpiry } from './admin-keys.ts'
import { openAiDialect } from './dialect.ts'
import { getUsers, readDirectory, readFirstPage } from './directory.ts'
import { UsagePages } from './usage-page.ts'
import { readUsage } from './usage.ts'

/** The longest text that V8 holds: 512 MiB. */
const MAX_TEXT_BYTES = 2 ** 29 - 24

export interface OpenAiOptions extends HttpClientOptions {
  /** For usage of a single day, which cannot be asked for in smaller parts; the longest text that V8 holds unless set. */
  readonly maxDayReplyBytes?: number
}

/** An organization, with the series that OpenAI has. */
export interface OpenAiOrganization extends Organization {
  readonly series: { readonly usage: SeriesReader }
}

/** Opens an organization over OpenAI's Admin API. Nothing goes on after its deadline. */
export function openOpenAiOrganization({
  maxDayReplyBytes = MAX_TEXT_BYTES,
  ...options
}: OpenAiOptions): OpenAiOrganization {
  const client = new HttpClient(openAiDialect, options)
  const usagePages = new UsagePages(client)
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
        check: async (now) => {
          const today = dayOf(now)
          await usagePages.getFirst({ range: { from: today, to: today }, limit: 1, groupBy: [] })
        },
        read: (window, readOptions) => readUsage(usagePages, window, { ...readOptions, maxDayReplyBytes }),
      },
    },
    // OpenAI does not say whose key it is.
    describeKey: async () => ({ expiresAt: await findExpiry(client, options.key), organization: null }),
  }
}
