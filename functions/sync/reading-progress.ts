import type { SyncProgress } from '../../shared/integrations/sync.ts'

/** Called with what is read so far, and of how many if that is known. */
type OnPage = (done: number, total: number | null) => void

/** The progress of readers that run concurrently. Shown is what a reader reported last that has not ended. */
export class ReadingProgress {
  private readonly unfinished = new Map<SyncProgress['phase'], SyncProgress>()
  private readonly report: (progress: SyncProgress) => void

  constructor(report: (progress: SyncProgress) => void) {
    this.report = report
  }

  /** Runs a reader until it ends. */
  async track(phase: SyncProgress['phase'], read: (onPage: OnPage) => Promise<void>): Promise<void> {
    this.unfinished.set(phase, { phase, done: 0, total: null })
    try {
      await read((done, total) => {
        // The latest is the last.
        this.unfinished.delete(phase)
        this.unfinished.set(phase, { phase, done, total })
        this.reportLatest()
      })
    } finally {
      this.unfinished.delete(phase)
    }
  }

  /** Reports again, while readers wait for answers. */
  readonly reportLatest = (): void => {
    const latest = [...this.unfinished.values()].at(-1)
    if (latest !== undefined) this.report(latest)
  }
}
