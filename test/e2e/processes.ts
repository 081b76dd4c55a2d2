import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { waitFor, waitUntil } from '../watchdog.ts'
import { RUN_MARK } from './environment.ts'
import { StepFailure } from './step.ts'

/** What a failure shows of a process's output. */
const SHOWN_LINES = 40

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly folder?: string
}

/** A process that runs until it is stopped. */
export interface RunningProcess {
  readonly id: number
  hasEnded(): boolean
  /** Everything it has printed, both streams. */
  text(): string
  /** Waits until it has printed something, after `from` characters. Throws `StepFailure` when it ends before. */
  until(pattern: RegExp, after?: { readonly from: number }): Promise<RegExpExecArray>
  /** Writes to its standard input. */
  write(text: string): void
  /** Asks it to end, unless another signal is named. Throws when it does not, after killing it. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts processes, each in a group of its own, and ends every group. */
export class Processes {
  private readonly mark = randomUUID()
  private readonly groups = new Map<number, Child>()

  /**
   * Runs a command to its end and gives what it printed. Throws `StepFailure` when it fails. It may take as long as its
   * step: some commands are most of one.
   */
  async run(command: Command, { mayFail = false } = {}): Promise<{ code: number; text: string }> {
    const child = this.spawn(command)
    const code = await child.ended
    this.groups.delete(child.pid)
    if (code === 0 || (mayFail && code !== null)) return { code: code ?? 1, text: child.text }
    const why = code === null ? 'was ended by a signal' : `ended with code ${code}`
    throw new StepFailure(`${child.name} ${why}:\n${lastLines(child.text)}`)
  }

  /** Starts a process that goes on beside the run. */
  start(command: Command): RunningProcess {
    const child = this.spawn(command)
    return {
      id: child.pid,
      hasEnded: () => child.hasEnded,
      text: () => child.text,
      until: (pattern, { from } = { from: 0 }) =>
        waitUntil(
          `${child.name} to print ${String(pattern)}`,
          () => {
            const found = pattern.exec(child.text.slice(from))
            if (found === null && child.hasEnded) {
              throw new StepFailure(`${child.name} ended early:\n${lastLines(child.text)}`)
            }
            return found
          },
          () => lastLines(child.text),
        ),
      write: (text) => child.write(text),
      stop: (signal) => this.end(child, signal),
    }
  }

  /** Ends every group that was started. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.groups.values()].map((child) => this.end(child)))
  }

  /** What is running, for a message. */
  running(): string[] {
    return [...this.groups.values()].map(({ name }) => name)
  }

  /** The ids of processes that this run started, or that they started, and that are still alive. Linux only. */
  leftBehind(): number[] {
    return processIds().filter((id) => environmentOf(id).includes(`${RUN_MARK}=${this.mark}`))
  }

  /** An environment that marks what is started with it by others, a browser say, so that it is found if it is left behind. */
  marked(environment: Readonly<Record<string, string>>): Record<string, string> {
    return { ...environment, [RUN_MARK]: this.mark }
  }

  private spawn(command: Command): Child {
    const { args, environment, folder } = command
    const child = new Child(
      named(command),
      spawn(command.command, [...args], {
        ...(folder !== undefined && { cwd: folder }),
        env: this.marked(environment),
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      }),
    )
    this.groups.set(child.pid, child)
    return child
  }

  private async end(child: Child, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    child.kill(signal)
    try {
      await waitFor(`${child.name} to end after ${signal}`, child.ended, () => lastLines(child.text))
    } finally {
      // Whatever of its group is still there.
      child.kill('SIGKILL')
      this.groups.delete(child.pid)
    }
  }
}

class Child {
  readonly name: string
  text = ''
  hasEnded = false
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>
  readonly pid: number
  private readonly input: ChildProcess['stdin']

  constructor(name: string, process: ChildProcess) {
    this.name = name
    this.pid = process.pid ?? 0
    this.input = process.stdin
    // A process that ends does not read what is still being written.
    this.input?.on('error', () => undefined)
    process.stdout?.on('data', (chunk) => (this.text += String(chunk)))
    process.stderr?.on('data', (chunk) => (this.text += String(chunk)))
    this.ended = new Promise((resolve) => {
      process.once('error', (error) => {
        this.text += error.message
        this.hasEnded = true
        resolve(1)
      })
      process.once('close', (code) => {
        this.hasEnded = true
        resolve(code)
      })
    })
  }

  write(text: string): void {
    this.input?.write(text)
  }

  kill(signal: NodeJS.Signals): void {
    if (this.pid === 0) return
    try {
      process.kill(-this.pid, signal)
    } catch {
      // The group is gone.
    }
  }
}

function named({ command, args }: Command): string {
  return [command.split('/').at(-1), ...args.slice(0, 2)].join(' ')
}

/** The end of an output, for a message. */
export function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function environmentOf(id: number): string[] {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0')
  } catch {
    // Not ours, or gone.
    return []
  }
}
