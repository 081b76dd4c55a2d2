import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import * as z from 'zod'

const requestSchema = z.object({ id: z.int(), command: z.string(), argument: z.unknown() })
const replySchema = z.object({ id: z.int(), value: z.unknown().optional(), error: z.string().optional() })

export const timedSchema = z.object({ ms: z.number(), cpuMs: z.number() })

/** Elapsed time and CPU time of some work, in milliseconds. */
export type Timed = z.infer<typeof timedSchema>

/** Collects garbage and starts measuring. The function that is returned says how much time has passed. */
export function startTiming(): () => Timed {
  globalThis.gc?.()
  const startedMs = performance.now()
  const startedCpu = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(startedCpu)
    return { ms: performance.now() - startedMs, cpuMs: (user + system) / 1_000 }
  }
}

/** Measures the work after a garbage collection. */
export async function timed(work: () => Promise<unknown>): Promise<Timed> {
  const passed = startTiming()
  await work()
  return passed()
}

/** The commands of a bench process. */
export type Commands = Readonly<Record<string, (argument: unknown) => Promise<unknown>>>

/** Runs the parent's commands until the parent disconnects. */
export function serve(commands: Commands): void {
  process.on('message', (message) => {
    const { id, command, argument } = requestSchema.parse(message)
    const work = async () => {
      const act = commands[command]
      if (act === undefined) throw new Error(`There is no command ${command}.`)
      return act(argument)
    }
    work().then(
      (value) => process.send?.({ id, value }),
      // With its causes: why a request failed is not said by the error itself.
      (error: unknown) => process.send?.({ id, error: inspect(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}

/** A process of the bench, so its memory and CPU time are measured alone. */
export class Child {
  private readonly process: ChildProcess
  private readonly waiting = new Map<number, (reply: z.infer<typeof replySchema>) => void>()
  private lastId = 0

  /** `file` is a module of this folder that calls `serve`. */
  constructor(file: string, nodeOptions: readonly string[] = []) {
    this.process = fork(fileURLToPath(new URL(file, import.meta.url)), {
      execArgv: ['--no-warnings', '--expose-gc', ...nodeOptions, ...profileOptions(file)],
      env: { PATH: process.env['PATH'] },
      serialization: 'advanced',
    })
    this.process.on('message', (message) => {
      const reply = replySchema.parse(message)
      this.waiting.get(reply.id)?.(reply)
      this.waiting.delete(reply.id)
    })
    this.process.on('exit', (code) => {
      for (const [id, settle] of this.waiting) settle({ id, value: undefined, error: `${file} ended with ${code}.` })
      this.waiting.clear()
    })
  }

  /** Runs a command and parses its result. Rethrows an error of the process as text. */
  async run<Schema extends z.ZodType>(command: string, argument: unknown, result: Schema): Promise<z.output<Schema>> {
    const id = (this.lastId += 1)
    const { value, error } = await new Promise<z.infer<typeof replySchema>>((resolve) => {
      this.waiting.set(id, resolve)
      this.process.send({ id, command, argument })
    })
    if (error !== undefined) throw new Error(`${command}: ${error}`)
    return result.parse(value)
  }

  /** The peak memory of a process that has this command. */
  peakBytes(): Promise<number> {
    return this.run('peakBytes', null, z.number())
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const ended = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.disconnect()
    await ended
  }
}

/** With `BENCH_PROFILE=sync-process.ts npm run bench`, those processes write CPU profiles to `.bench/`. */
function profileOptions(file: string): string[] {
  return process.env['BENCH_PROFILE'] === file ? ['--cpu-prof', '--cpu-prof-dir=.bench'] : []
}
