import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { DataSetResult, Sync, SyncProgress } from '../../shared/integrations/sync.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import { problemDetail } from '../../shared/providers/problem-detail.ts'

const EVERY_MS = 1_000

/**
 * Formats the progress of syncs for a terminal. Ends are always printed, intermediate progress at most once a second.
 */
export function progressLines(
  write: (line: string) => void,
): (integration: Pick<Integration, 'id' | 'provider'>, sync: Sync, progress?: SyncProgress) => void {
  let lastMs = 0
  return ({ id, provider }, sync, progress) => {
    const name = `Sync of ${id}`
    if (sync.state === 'running') {
      if (progress === undefined || Date.now() - lastMs < EVERY_MS) return
      lastMs = Date.now()
      const { phase, done, total } = progress
      write(`${name}: ${phase} ${done}${total === null ? '' : ` of ${total}`}`)
      return
    }
    if (sync.state === 'failed' && sync.problem !== null) {
      write(`${name} failed: ${problemDetail(sync.problem, providerOf(provider))}`)
    }
    if (sync.state === 'succeeded') {
      const took = (Date.parse(sync.finishedAt ?? '') - Date.parse(sync.startedAt ?? '')) / 1000
      const read = countsIn(sync, ({ rows }) => rows)
      const written = countsIn(sync, (result) => result.written)
      write(`${name}: read ${read}, wrote ${written}, in ${took.toFixed(1)} s`)
    }
  }
}

function countsIn({ dataSets }: Sync, countOf: (result: DataSetResult) => number): string {
  const of = (id: string) => (dataSets[id] === undefined ? 0 : countOf(dataSets[id]))
  const rows = DAY_SERIES.map(({ id, rowNoun }) => `${of(id)} ${rowNoun}${of(id) === 1 ? '' : 's'}`)
  const people = of('directory') === 1 ? '1 person' : `${of('directory')} people`
  return new Intl.ListFormat('en').format([people, ...rows])
}
