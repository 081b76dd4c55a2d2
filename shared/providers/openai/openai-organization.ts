import { constants } from 'node:buffer'
import type { AdminApiKey } from '../../domain/admin-api-key.ts'
import type { DirectoryPerson } from '../../data-sets/directory/directory-person.ts'
import type { Window } from '../../domain/window.ts'
import type { KeyCheck, Organization, SeriesReading } from '../organization.ts'
import { AdminApiClient, type AdminApiClientOptions } from './admin-api-client.ts'
import { checkKey } from './key-check.ts'
import { readDirectory, readFirstPage } from './directory.ts'
import { readUsage } from './usage.ts'
import { UsagePages } from './usage-page.ts'

export interface OpenAiOrganizationOptions extends AdminApiClientOptions {
  /** For usage of a single day; the longest text that V8 holds (512 MiB) unless set. */
  readonly maxDayReplyBytes?: number
}

/** An OpenAI organization, read over its Admin API. Nothing it does goes on after its deadline. */
export class OpenAiOrganization implements Organization {
  readonly series: Organization['series'] = {
    usage: { read: (window, options) => this.readUsage(window, options) },
  }
  private readonly client: AdminApiClient
  private readonly usagePages: UsagePages
  private readonly key: AdminApiKey
  private readonly maxDayReplyBytes: number

  constructor({ maxDayReplyBytes = constants.MAX_STRING_LENGTH, ...options }: OpenAiOrganizationOptions) {
    this.client = new AdminApiClient(options)
    this.usagePages = new UsagePages(this.client)
    this.key = options.key
    this.maxDayReplyBytes = maxDayReplyBytes
  }

  readDirectory(onPage?: (peopleRead: number) => void): Promise<DirectoryPerson[]> {
    return readDirectory(this.client, onPage)
  }

  readFirstPage(): Promise<DirectoryPerson[]> {
    return readFirstPage(this.client)
  }

  readUsage(
    window: Window,
    options: { expectedPeople?: number; onPage?: (daysRead: number, days: number) => void } = {},
  ): Promise<SeriesReading> {
    return readUsage(this.usagePages, window, { ...options, maxDayReplyBytes: this.maxDayReplyBytes })
  }

  checkKey(now: Date): Promise<KeyCheck> {
    return checkKey(this.client, this.key, now)
  }
}
