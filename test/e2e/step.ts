import type { Processes } from './processes.ts'

/** What every step of the end-to-end run gets. */
export interface Bench {
  /** Starts processes; none outlives the run. */
  readonly processes: Processes
  /** Prints a line of what the step does or found. */
  readonly say: (line: string) => void
  /** A folder inside the project for what the run makes: emptied when a run starts, kept when it ends. */
  readonly folder: string
  /** Registers what has to be closed when the run ends, however it ends. Closed newest first. */
  readonly onEnd: (close: () => Promise<void>) => void
}

/** One named part of the end-to-end run. Throws when something is not as it must be. */
export interface Step {
  /** What `npm run e2e -- <name>` runs alone. */
  readonly name: string
  /** One sentence: what it shows. */
  readonly shows: string
  /** True when it uses what `requirements.txt` pins. */
  readonly needsPythonTools?: true
  readonly run: (bench: Bench) => Promise<void>
}

/** Something is not as the step expects it. The message is all that is shown. */
export class StepFailure extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StepFailure'
  }
}

/** Throws a `StepFailure` with the message unless the condition holds. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new StepFailure(message)
}
