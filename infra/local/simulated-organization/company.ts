import { chance, pick } from './random.ts'

const MS_PER_DAY = 86_400_000
const FIRST_DAY = Date.UTC(2026, 0, 1)

const FIRST_NAMES =
  'Ada Bela Cleo Dario Edda Finn Gita Hana Ivo Jana Kofi Lena Milo Nura Odin Pia Quin Rosa Sami Tove Uma Vito Wen Yara Zeno'.split(
    ' ',
  )
const LAST_NAMES =
  'Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Kelp Larch Maple Nettle Oak Pine Quince Rowan Sorrel Thorn Vetch Willow Yew'.split(
    ' ',
  )
const MODELS = ['gpt-5', 'gpt-5-mini', 'gpt-4.1', 'o4-mini']

/** A user as OpenAI's directory shows it. */
export interface SimulatedUser {
  readonly object: 'organization.user'
  readonly id: string
  readonly added_at: number
  readonly [field: string]: unknown
}

/** One row of usage, before the query's grouping. */
export interface SimulatedRow {
  readonly userId: string | null
  readonly model: string
  readonly requests: number
  readonly inputTokens: number
  readonly cachedTokens: number
  readonly outputTokens: number
}

/** A believable company that depends on nothing but seed, size and clock. People join and leave as days go by. */
export class Company {
  private readonly seed: string
  private readonly size: number
  private readonly removed = new Set<string>()

  constructor(options: { seed: string; members: number }) {
    this.seed = options.seed
    this.size = options.members
  }

  /** Takes somebody out of the directory; their past usage stays. */
  remove(userId: string): void {
    this.removed.add(userId)
  }

  /** Everybody in the directory at an instant. */
  usersAt(now: Date): SimulatedUser[] {
    const users = Array.from({ length: this.size }, (_, index) => this.userAt(index))
    return users.filter((user, index) => !this.removed.has(user.id) && this.isThere(index, now))
  }

  /** All rows of one UTC day as of an instant; a day that is not over has a part of them, growing by the hour. */
  rowsOf(dayStartMs: number, now: Date): SimulatedRow[] {
    const share = Math.min(1, Math.floor((now.getTime() - dayStartMs) / 3_600_000) / 24)
    if (share <= 0) return []
    const rows: SimulatedRow[] = []
    for (let index = 0; index < this.size; index += 1) rows.push(...this.rowsOfUser(index, dayStartMs, share))
    rows.push(...this.rowsOfNobody(dayStartMs, share))
    return rows
  }

  private idOf(index: number): string {
    return `user-${chance(this.seed, index, 'id').toString(36).slice(2, 10)}${index.toString(36)}`
  }

  /** A few leave, each on a day of their own; a few of the last ones joined lately. */
  private isThere(index: number, now: Date): boolean {
    const day = Math.floor((now.getTime() - FIRST_DAY) / MS_PER_DAY)
    const leavesOn = 200 + Math.floor(chance(this.seed, index, 'leaves') * 400)
    const leaver = index > 0 && chance(this.seed, index, 'leaver') < 0.06
    return !(leaver && day >= leavesOn)
  }

  private userAt(index: number): SimulatedUser {
    const first = pick(FIRST_NAMES, this.seed, index, 'first')
    const last = pick(LAST_NAMES, this.seed, index, 'last')
    const isService = index % 40 === 39
    const isContractor = chance(this.seed, index, 'contractor') < 0.08
    const domain = isContractor ? pick(['freelance.example', 'agency.example'], this.seed, index) : 'northwind.example'
    const name = isService ? `svc-${first.toLowerCase()}-${index}` : `${first} ${last}`
    const email = isService ? null : `${first}.${last}.${index}@${domain}`.toLowerCase()
    const added = Math.floor((FIRST_DAY - chance(this.seed, index, 'added') * 700 * MS_PER_DAY) / 1000)
    return {
      object: 'organization.user',
      id: this.idOf(index),
      name,
      email,
      role: index < 3 ? 'owner' : 'reader',
      added_at: added,
      ...this.extrasOf(index, isService),
    }
  }

  private extrasOf(index: number, isService: boolean): Record<string, unknown> {
    const status = index < 3 ? 1 : chance(this.seed, index, 'status')
    return {
      ...(isService && { is_service_account: true }),
      ...(!isService && status < 0.02 && { user: { object: 'user', enabled: true, banned: true } }),
      ...(!isService && status >= 0.02 && status < 0.05 && { user: { object: 'user', enabled: false, banned: false } }),
      ...(chance(this.seed, index, 'scim') < 0.1 && { is_scim_managed: true }),
      ...(chance(this.seed, index, 'key') < 0.1 && {
        api_key_last_used_at: Math.floor(Date.UTC(2026, 9, 1 + (index % 28), 13) / 1000),
      }),
    }
  }

  private rowsOfUser(index: number, dayStartMs: number, share: number): SimulatedRow[] {
    const keenness = chance(this.seed, index, 'keen')
    if (keenness < 0.3) return []
    const weekday = new Date(dayStartMs).getUTCDay()
    const appetite = weekday === 0 || weekday === 6 ? keenness * 0.2 : keenness
    if (chance(this.seed, index, dayStartMs, 'active') > appetite) return []
    const models = MODELS.filter((model) => chance(this.seed, index, model) < 0.4)
    return (models.length === 0 ? MODELS.slice(0, 1) : models).map((model) =>
      this.row(this.idOf(index), model, Math.ceil(keenness * 120), [index, dayStartMs], share),
    )
  }

  /** Rows that name no user, and rows of somebody who left before the directory begins. */
  private rowsOfNobody(dayStartMs: number, share: number): SimulatedRow[] {
    return [
      this.row(null, 'gpt-5-mini', 60, ['nobody', dayStartMs], share),
      this.row('user-leftlongago', 'gpt-4.1', 15, ['former', dayStartMs], share),
    ].filter((row) => row.requests > 0)
  }

  private row(
    userId: string | null,
    model: string,
    mean: number,
    about: readonly (string | number)[],
    share: number,
  ): SimulatedRow {
    const whole = Math.round(mean * (0.5 + chance(this.seed, model, ...about)))
    const requests = Math.floor(whole * share)
    const inputTokens = requests * (400 + Math.floor(chance(this.seed, 'in', ...about) * 900))
    return {
      userId,
      model,
      requests,
      inputTokens,
      cachedTokens: Math.floor(inputTokens * 0.2),
      outputTokens: requests * 180,
    }
  }
}
