import type { DirectoryPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { type CostReport, costs } from '../../shared/data-sets/costs/costs.ts'
import { otherUsage } from '../../shared/data-sets/other-usage/other-usage.ts'
import { usage } from '../../shared/data-sets/usage/usage.ts'
import { amountOf } from '../../shared/domain/amount.ts'
import { daysOfWindow, type Window, windowLength, withWholeMonthBefore } from '../../shared/domain/window.ts'
import type { Organization, SeriesReadOptions, SeriesReading } from '../../shared/providers/provider.ts'
import type { Assumptions } from './assumptions.ts'

/** The number of directory pages; the other pages are of usage. */
const DIRECTORY_SHARE = 0.25
const PROJECTS = 10
/** Such as input, cached input and output. */
const LINE_ITEMS_A_MODEL = 4

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
    costs: {
      check: async () => {},
      read: async (window: Window) => this.readCosts(withWholeMonthBefore(window)),
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

  /** Every member costs something on every day, by a key of their own. Projects have a handful of line items for each model. */
  private readCosts(window: Window): SeriesReading {
    const { members, modelsPerMemberAndDay } = this.assumptions
    const table = new DayTableBuilder(costs, window)
    for (const day of daysOfWindow(window)) {
      const revised = day === window.to ? this.revision : 0
      const add = (
        report: CostReport,
        labels: { userId?: string; subject?: string; lineItem?: string },
        name: string,
      ) => {
        const owner = { userId: null, subject: '', lineItem: '', currency: 'USD', ...labels }
        table.add({ day, report, ...owner, cost: amountAt(`${report}/${day}/${name}/${revised}`) })
      }
      add('total', {}, '')
      for (let user = 0; user < members; user += 1) {
        add('user', { userId: userIdAt(user) }, String(user))
        add('key', { subject: `key_${userIdAt(user).slice('user-'.length)}` }, String(user))
      }
      for (let item = 0; item < PROJECTS * modelsPerMemberAndDay * LINE_ITEMS_A_MODEL; item += 1) {
        const model = Math.floor(item / PROJECTS) % modelsPerMemberAndDay
        const part = Math.floor(item / PROJECTS / modelsPerMemberAndDay)
        const lineItem = `gpt-5-${model}-2026-08-07, part ${part}`
        add('project', { subject: projectIdAt(item % PROJECTS), lineItem }, String(item))
      }
    }
    const built = table.build()
    return { table: built, rows: built.rowCount, daysLeftOut: [] }
  }
}

/** Up to a few dollars, to ten decimals. */
function amountAt(name: string): string {
  return amountOf(BigInt(1 + (hash(name) % 100_000)) * 123_457n)
}

/** As long as OpenAI's ids, because every item's key contains them. */
function userIdAt(index: number): string {
  return `user-${String(hash(`user/${index}`)).padStart(10, '0')}${String(index).padStart(14, '0')}`
}

function projectIdAt(index: number): string {
  return `proj_${String(hash(`project/${index}`)).padStart(24, '0')}`
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
        id: projectIdAt(index % PROJECTS),
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
