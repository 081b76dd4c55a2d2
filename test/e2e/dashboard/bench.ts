/** The part of the end-to-end bench that the dashboard's steps need. */
export interface Bench {
  readonly say: (line: string) => void
  /** For what a step makes. */
  readonly folder: string
  /** Registers what has to be closed when the step ends, however it ends. Closed newest first. */
  readonly onEnd: (close: () => Promise<void>) => void
}
