import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { otherUsage } from '../../shared/data-sets/other-usage/other-usage.ts'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import { daysOfWindow, type Window, windowLength } from '../../shared/domain/window.ts'
import type { Organization, SeriesReadOptions, SeriesReading } from '../../shared/providers/provider.ts'
import type { Assumptions } from './assumptions.ts'

/** The number of directory pages; the other pages are of usage. */
const DIRECTORY_SHARE = 0.25

/** An organization whose members all use every model on every day. Each answered page advances the clock. */
export class BusyOrganization implements Organization {
  /** A counter that changes each member's figures of the newest day, and of no other day. */
  revision = 0
  private readonly assumptions: Assumptions
  private readonly turnPage: () => void

  constructor(assumptions: Assumptions, turnPage: () => void) {
    this.assumptions = assumptions
    this.turnPage = turnPage
  }

  /** Unused: nobody connects this organization. */
  readonly directory = {
    check: async () => {},
    read: (onPage?: (peopleRead: number) => void) => this.readDirectory(onPage),
    readFirstPage: async () => [],
  }

  readonly series = {
    usage: {
      check: async () => {},
      read: (window: Window, options?: SeriesReadOptions) => this.readUsage(window, options),
    },
    /** Nobody uses other kinds. */
    other_usage: {
      check: async () => {},
      read: async (window: Window): Promise<SeriesReading> => ({
        table: new DayTableBuilder(otherUsage, window).build(),
        rows: 0,
        daysLeftOut: [],
      }),
    },
  }

  readonly lists = {}

  async identify() {
    return null
  }

  async findKeyExpiry() {
    return null
  }

  private async readDirectory(onPage?: (peopleRead: number) => void): Promise<DirectoryPerson[]> {
    const { members, pagesPerSync } = this.assumptions
    const pages = pagesPerSync * DIRECTORY_SHARE
    for (let page = 1; page <= pages; page += 1) {
      this.turnPage()
      onPage?.((members * page) / pages)
    }
    return Array.from({ length: members }, (_, index) => personAt(index))
  }

  private async readUsage(window: Window, options: SeriesReadOptions = {}): Promise<SeriesReading> {
    const { members, modelsPerMemberAndDay, pagesPerSync } = this.assumptions
    const pages = pagesPerSync * (1 - DIRECTORY_SHARE)
    const days = windowLength(window)
    for (let page = 1; page <= pages; page += 1) {
      this.turnPage()
      options.onPage?.((days * page) / pages, days)
    }
    const table = new DayTableBuilder(usage, window)
    for (const day of daysOfWindow(window)) {
      const factor = day === window.to ? this.revision : 1
      for (let user = 0; user < members; user += 1) {
        for (let model = 0; model < modelsPerMemberAndDay; model += 1) {
          // Different for every person and day, so the snapshot compresses no better than a real one.
          const requests = 1 + (hash(`${day}/${user}/${model}`) % 400) + factor
          table.add({
            day,
            userId: userIdAt(user),
            model: `gpt-5-${model}-2026-08-07`,
            requests,
            inputTokens: requests * 1_000 + (hash(`in/${day}/${user}/${model}`) % 100_000),
            cachedInputTokens: hash(`cached/${day}/${user}/${model}`) % 100_000,
            outputTokens: hash(`out/${day}/${user}/${model}`) % 100_000,
          })
        }
      }
    }
    return { table: table.build(), rows: members * modelsPerMemberAndDay * days, daysLeftOut: [] }
  }
}

/** As long as OpenAI's ids, because every item's key contains them. */
function userIdAt(index: number): string {
  return `user-${String(hash(`user/${index}`)).padStart(10, '0')}${String(index).padStart(14, '0')}`
}

function personAt(index: number): DirectoryPerson {
  return {
    userId: userIdAt(index),
    kind: 'person',
    email: `member.number.${index}@example.com`,
    name: `Member Number ${index}`,
    role: index === 0 ? 'owner' : 'reader',
    accountStatus: 'active',
    scimManaged: false,
    addedAt: '2026-01-01T00:00:00.000Z',
    apiKeyLastUsedAt: null,
    projects: [
      {
        id: `proj_${String(hash(`project/${index % 10}`)).padStart(24, '0')}`,
        name: 'Default project',
        role: 'member',
      },
    ],
  }
}

/** FNV-1a with a final mixing step. It spreads well and is the same everywhere, so repeated counts agree. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}
