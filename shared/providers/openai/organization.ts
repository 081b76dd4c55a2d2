import type { Invite } from '../../data-sets/invites/invites.ts'
import type { KeysItem } from '../../data-sets/keys/keys.ts'
import type { Login } from '../../data-sets/logins/logins.ts'
import { HttpClient, type HttpClientOptions } from '../http/http-client.ts'
import type { ListReader, Organization, SeriesReader } from '../provider.ts'
import { findExpiry } from './admin-keys.ts'
import { getLogins } from './audit-log.ts'
import { openAiDialect } from './dialect.ts'
import { COSTS, readCosts } from './costs.ts'
import { getUsers, readDirectory, readFirstPage } from './directory.ts'
import { getInvites, readInvites } from './invites.ts'
import { getProjects, readKeys } from './keys.ts'
import { readLogins } from './logins.ts'
import { DayPages } from './day-pages.ts'
import { kindReports } from './other-kinds.ts'
import { checkOtherUsage, readOtherUsage } from './other-usage.ts'
import { COMPLETIONS, readUsage } from './usage.ts'

/** The longest string that V8 supports: 512 MiB. */
const MAX_TEXT_BYTES = 2 ** 29 - 24

export interface OpenAiOptions extends HttpClientOptions {
  /** For usage of a single day, which cannot be split further. Default: the longest string that V8 supports. */
  readonly maxDayReplyBytes?: number
}

/** An organization with the data sets of OpenAI. */
interface OpenAiOrganization extends Organization {
  readonly series: { readonly usage: SeriesReader; readonly other_usage: SeriesReader; readonly costs: SeriesReader }
  readonly lists: {
    readonly keys: ListReader<KeysItem>
    readonly invites: ListReader<Invite>
    readonly logins: ListReader<Login>
  }
}

/** Opens an organization at OpenAI's Admin API. No request continues after the deadline. */
export function openOpenAiOrganization({
  maxDayReplyBytes = MAX_TEXT_BYTES,
  ...options
}: OpenAiOptions): OpenAiOrganization {
  const client = new HttpClient(openAiDialect, options)
  const futureEnds = { isRefused: false }
  const usagePages = new DayPages(client, COMPLETIONS, futureEnds)
  const otherKinds = kindReports(client, futureEnds)
  const costPages = new DayPages(client, COSTS, futureEnds)
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
        check: (now) => usagePages.check(now),
        read: (window, readOptions) => readUsage(usagePages, window, { ...readOptions, maxDayReplyBytes }),
      },
      other_usage: {
        check: (now) => checkOtherUsage(otherKinds, now),
        read: (window, readOptions) => readOtherUsage(otherKinds, window, { ...readOptions, maxDayReplyBytes }),
      },
      costs: {
        check: (now) => costPages.check(now),
        read: (window, readOptions) => readCosts(costPages, window, { ...readOptions, maxDayReplyBytes }),
      },
    },
    lists: {
      keys: {
        check: async () => {
          await getProjects(client, 1)
        },
        read: (onPage) => readKeys(client, onPage),
      },
      invites: {
        check: async () => {
          await getInvites(client, 1)
        },
        read: (onPage) => readInvites(client, onPage),
      },
      logins: {
        check: async () => {
          await getLogins(client, { limit: 1 })
        },
        read: (onPage, scope) => readLogins(client, scope, onPage),
      },
    },
    // OpenAI does not report the organization of a key.
    identify: async () => null,
    findKeyExpiry: () => findExpiry(client, options.key),
  }
}
