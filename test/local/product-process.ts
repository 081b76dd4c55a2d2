import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { compiledOnce } from '../once-in-run.ts'
import { waitFor, waitUntil } from '../watchdog.ts'

/** The line that a product prints when it answers. */
export const READY = /^Rollcall is ready: http:\/\/127\.0\.0\.1:\d+$/m

/** How a product is started. */
export interface ProcessOptions {
  readonly dataDir: string
  readonly environment?: Readonly<Record<string, string>>
  /** After the entry file. */
  readonly args?: readonly string[]
  /** Before it: modules to load first, say. A channel for messages is opened with them. */
  readonly nodeArgs?: readonly string[]
}

/** A product in its own process. */
export interface ProductProcess {
  readonly child: ChildProcess
  /** The output so far. */
  readonly text: () => string
  /** Waits for output that matches, and returns it. Throws when the process ends without it. */
  readonly until: (pattern: RegExp) => Promise<string>
  /** The exit code. Null after a signal. By then, `text` has the whole output. */
  readonly exited: Promise<number | null>
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Starts the product as `npm start` does, in a process of its own, on a free port. */
export function startProcess(options: ProcessOptions): ProductProcess {
  const { dataDir, environment, args = [], nodeArgs = [] } = options
  const child = spawn(process.execPath, [...nodeArgs, 'local/start.ts', ...args], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      ROLLCALL_DATA_DIR: dataDir,
      ...compiledOnce(),
      ...environment,
    },
    stdio: nodeArgs.length > 0 ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  })
  let isClosed = false
  let text = ''
  child.stdout?.on('data', (chunk) => (text += String(chunk)))
  child.stderr?.on('data', (chunk) => (text += String(chunk)))
  // Unlike 'exit', 'close' comes after all output.
  const exited = once(child, 'close').then(([code]) => {
    isClosed = true
    return typeof code === 'number' ? code : null
  })
  return {
    child,
    text: () => text,
    exited,
    until: (pattern) =>
      waitUntil(
        `a process to say ${String(pattern)}`,
        () => {
          const [found] = pattern.exec(text) ?? []
          if (found === undefined && isClosed) throw new Error(`It ended without saying ${String(pattern)}: ${text}`)
          return found
        },
        () => text,
      ),
    end: (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      return waitFor('a process to end', exited, () => text)
    },
  }
}
