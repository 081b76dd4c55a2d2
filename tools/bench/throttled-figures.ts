import { addDays, dayOf } from '../../shared/domain/day.ts'
import { DYNAMODB_KEY_RATES, type KeyRates } from '../../test/fakes/throttling-proxy.ts'
import { ApiProcess, OrganizationProcess, startThrottledTable, SyncProcess } from './bench-processes.ts'
import type { Timed } from './child.ts'
import type { CountFigure, Figures, TimedFigure } from './figure.ts'
import { INTEGRATION_ID, MEASURED_AT } from './measured-company.ts'
import { firstSync } from './stage.ts'

const ACTIVE_ON_CHANGED_DAY = 0.3
const SLOWER_AT_MOST = 1.25
const UNITS_PER_MS = DYNAMODB_KEY_RATES.write / 1_000
const THROTTLED_SHARE_AT_MOST = 0.01
const UNLIMITED: KeyRates = { write: Number.MAX_SAFE_INTEGER, read: Number.MAX_SAFE_INTEGER }
const LIST = `/v1/integrations/${INTEGRATION_ID}/users?sort=-requests&limit=1000`

/** One step, and what the proxy saw of it. */
interface Step {
  readonly what: string
  readonly time: Timed
  readonly requests: number
  readonly throttled: number
  readonly writeUnitsOfBusiestKey: number
}

/** Syncs and an answer behind a proxy that throttles each partition key as DynamoDB does, and behind one that does not. */
export async function throttledFigures(members: number): Promise<Figures> {
  const organization = await OrganizationProcess.start(members, { isRecording: true })
  try {
    const free = await measureSteps(organization, members, UNLIMITED)
    const throttled = await measureSteps(organization, members, DYNAMODB_KEY_RATES)
    const pairs = throttled.map((ours, place) => ({ ours, baseline: free[place] ?? ours }))
    const writing = pairs.filter(({ ours }) => ours.writeUnitsOfBusiestKey > 0)
    return { timed: writing.map(timedFigure), counted: throttled.map(countFigure) }
  } finally {
    await organization.stop()
  }
}

async function measureSteps(organization: OrganizationProcess, members: number, rates: KeyRates): Promise<Step[]> {
  const table = await startThrottledTable(rates)
  const sync = new SyncProcess()
  const api = new ApiProcess()
  const size = `${members.toLocaleString('en')} members, throttled keys`
  const steps: Step[] = []
  const step = async (what: string, work: () => Promise<Timed>) => {
    await table.takeCounts()
    const { ms, cpuMs } = await work()
    steps.push({ what: `${what}, ${size}`, time: { ms, cpuMs }, ...(await table.takeCounts()) })
  }
  const changedSync = async () => {
    const people = Math.ceil(members * ACTIVE_ON_CHANGED_DAY)
    await organization.reviseDay(addDays(dayOf(MEASURED_AT), -1), people)
    return sync.sync()
  }
  try {
    await step('First sync', async () => (await firstSync(organization, table.connection)).first)
    await sync.open(organization, table.connection)
    await step('Sync after one day changed', changedSync)
    await step('The next sync after one day changed', changedSync)
    await api.open(table.connection)
    await step('First list after that', () => api.call(LIST, 1))
    return steps
  } finally {
    await api.stop()
    await sync.stop()
    await table.stop()
  }
}

/** At most a quarter slower than without the throttle, beside the time that the busiest key takes for its units. */
function timedFigure({ ours, baseline }: { readonly ours: Step; readonly baseline: Step }): TimedFigure {
  const leastMs = baseline.time.ms + ours.writeUnitsOfBusiestKey / UNITS_PER_MS
  return {
    what: ours.what,
    baseline: 'the same, not throttled',
    goal: Number(((SLOWER_AT_MOST * leastMs) / baseline.time.ms).toPrecision(3)),
    rounds: [{ baseline: baseline.time, ours: ours.time }],
  }
}

function countFigure({ what, requests, throttled }: Step): CountFigure {
  return {
    what: `Throttled requests of ${requests.toLocaleString('en')}: ${what}`,
    counted: throttled,
    goal: Math.ceil(requests * THROTTLED_SHARE_AT_MOST),
    relation: 'at most',
  }
}
