import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { emulatorEnvironment } from './ministack.ts'
import type { RunningProcess } from './processes.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { pythonTool } from './python-tools.ts'
import { type Bench, StepFailure } from './step.ts'

const SCRIPT = fileURLToPath(new URL('aws_calls.py', import.meta.url))
const answerSchema = z.union([
  z.strictObject({ value: z.unknown() }),
  z.strictObject({ error: z.string(), message: z.string() }),
])

/** AWS's public APIs, as the emulator offers them, through boto3. */
export class AwsCalls {
  private readonly process: RunningProcess
  /** How much of what the process has printed was read as answers. */
  private readUpTo = 0
  private last: Promise<unknown> = Promise.resolve()

  constructor(bench: Bench, url: string) {
    this.process = bench.processes.start({
      command: pythonTool('python'),
      args: [SCRIPT, String(WATCHDOG_MS / 1000)],
      environment: emulatorEnvironment(bench, url),
    })
  }

  /** Makes one call, after the ones before. Throws `StepFailure` with the error's code, or when the answer is another. */
  async call<Schema extends z.ZodType>(
    service: string,
    operation: string,
    parameters: Readonly<Record<string, unknown>>,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const answer = await this.answer(service, operation, parameters)
    if ('error' in answer) throw new StepFailure(`${service} ${operation}: ${answer.message}`)
    const read = schema.safeParse(answer.value)
    if (read.success) return read.data
    throw new StepFailure(`${service} ${operation} gave an unexpected answer:\n${z.prettifyError(read.error)}`)
  }

  private answer(
    service: string,
    operation: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<z.output<typeof answerSchema>> {
    const next = this.last.then(async () => {
      this.process.write(`${JSON.stringify({ service, operation, parameters })}\n`)
      const [text, line = ''] = await this.process.until(/^(.*)\n/, { from: this.readUpTo })
      this.readUpTo += text.length
      return answerSchema.parse(JSON.parse(line))
    })
    this.last = next.catch(() => undefined)
    return next
  }
}
