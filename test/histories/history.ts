import type { Model } from '../model/model.ts'
import { comparePeople } from './compare-people.ts'
import { Draw } from './draw.ts'
import { startDrawnAnthropic } from './drawn-anthropic.ts'
import { startDrawnOpenAi } from './drawn-openai.ts'
import type { DrawnOrganization } from './drawn-organization.ts'
import { type HistoryTable, IntegrationHistory } from './integration-history.ts'
import { laterTime } from './later-time.ts'
import { startTable } from './organization-bench.ts'
import { RandomPrints } from './random-prints.ts'
import { randomFrom } from './seed.ts'

const MINUTE = 60_000
const START = { openai: startDrawnOpenAi, anthropic: startDrawnAnthropic } as const
/** The providers of a table's organizations, to draw from. */
const TABLES: readonly (readonly Model['provider'][])[] = [
  ['openai'],
  ['openai'],
  ['anthropic'],
  ['anthropic'],
  ['openai', 'anthropic'],
]

/** Every way in which these histories let a sync end. */
export const ENDINGS = [
  'succeeded',
  'provider_unreachable',
  'provider_rate_limited',
  'unexpected_reply',
  'invalid_admin_key',
  'data_set_unavailable',
  'different_organization',
  'implausible_listing',
]

/** What was done and compared, for the figures. */
export interface HistoryCounts {
  readonly providers: readonly Model['provider'][]
  readonly steps: number
  readonly answers: number
  /** How each sync ended: `succeeded`, or the code of its problem. */
  readonly endings: readonly string[]
  readonly requests: Readonly<Record<Model['provider'], number>>
  /** Of each sync that succeeded: how the reading of prints ended, `switched_off` when they were not read. */
  readonly printsOutcomes: readonly string[]
}

/** For tests that have added prints, an optional series of OpenAI, to the registries. */
export interface HistoryOptions {
  /** Called with the prints that the organization has from now on. */
  readonly usePrints?: (prints: RandomPrints) => void
}

/** Runs the history of a seed. Failures name seed and number, with every step so far. */
export async function runHistory(
  seed: number,
  number: number,
  { usePrints }: HistoryOptions = {},
): Promise<HistoryCounts> {
  const draw = new Draw(randomFrom(seed, number))
  const now = new Date(Date.UTC(2026, 4, 1) + draw.between(0, 200 * 24 * 60) * MINUTE + draw.between(1, 59_999))
  const clock = { now }
  const prints = usePrints && new RandomPrints(draw)
  if (prints !== undefined) usePrints?.(prints)
  const drawn: DrawnOrganization[] = []
  for (const provider of prints === undefined ? draw.pick(TABLES) : ['openai' as const]) {
    const size = draw.chance(0.3) ? draw.between(15, 40) : draw.between(1, 9)
    drawn.push(await START[provider](draw, size, { clock, hasPrints: prints !== undefined }))
  }
  const table = await startTable(
    drawn.map(({ served }) => served),
    { clock },
  )
  const history = new History(table, drawn, draw, prints)
  try {
    return await history.run()
  } catch (error) {
    const steps = history.steps.map((step, index) => `  ${index + 1}. ${step}`).join('\n')
    const again = `FAULTS_SEED=${seed} FAULTS_HISTORY=${number}`
    throw new Error(`History ${number} went wrong after\n${steps}\n${again} repeats it alone.\n${String(error)}`, {
      cause: error,
    })
  } finally {
    await table.close()
  }
}

/** The history of a table, whose integrations act in turn. */
class History {
  readonly steps: string[] = []
  private readonly integrations: readonly IntegrationHistory[]
  private readonly table: HistoryTable
  private readonly draw: Draw
  private answers = 0

  constructor(table: HistoryTable, drawn: readonly DrawnOrganization[], draw: Draw, prints?: RandomPrints) {
    this.table = table
    this.draw = draw
    const { steps } = this
    this.integrations = drawn.map(
      (organization) => new IntegrationHistory({ table, organization, draw, steps, prints }),
    )
  }

  async run(): Promise<HistoryCounts> {
    for (const integration of this.integrations) {
      await integration.connect()
      await this.compare([integration])
      await integration.syncFirst()
      await this.compare([integration])
    }
    for (let left = this.draw.between(3, 6); left > 0; left -= 1) await this.step()
    const models = this.integrations.map(({ model }) => model)
    const syncs = models.flatMap((model) => model.syncs)
    return {
      providers: models.map(({ provider }) => provider),
      steps: this.steps.length,
      answers: this.answers + this.integrations.reduce((sum, { answers }) => sum + answers, 0),
      endings: syncs.map((sync) => sync.code ?? 'succeeded'),
      requests: { openai: 0, anthropic: 0, ...Object.fromEntries(this.integrations.map((each) => each.requests)) },
      printsOutcomes: syncs
        .filter((sync) => sync.state === 'succeeded')
        .map(({ dataSets }) => dataSets.find(({ id }) => id === 'prints')?.outcome ?? 'switched_off'),
    }
  }

  private async step(): Promise<void> {
    const { draw, integrations, table } = this
    const integration = draw.pick(integrations)
    if (integration.isDoubted && draw.chance(0.6)) await integration.findAgain()
    else {
      table.api.clock.now = laterTime(table.api.clock.now, draw)
      this.steps.push(`until ${table.api.clock.now.toISOString()}`)
      await integration.changeAndAct()
    }
    // What happens to one changes nothing of the other.
    await this.compare(draw.chance(0.3) ? integrations : [integration])
  }

  private async compare(some: readonly IntegrationHistory[]): Promise<void> {
    const { table, integrations } = this
    for (const integration of some) await integration.compare()
    this.answers += await comparePeople(
      table.api,
      integrations.filter(({ id }) => id !== ''),
    )
  }
}
