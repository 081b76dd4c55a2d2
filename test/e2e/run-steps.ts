import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitFor, waitUntil, WATCHDOG_MS } from '../watchdog.ts'
import { awsStep } from './aws.ts'
import { benchStep } from './bench.ts'
import { dashboardSpeedStep } from './dashboard-speed.ts'
import { dashboardStep } from './dashboard.ts'
import { focusStep } from './focus.ts'
import { TIMES_FILE } from './lanes.ts'
import { stopWithParent } from './parent.ts'
import { Processes } from './processes.ts'
import { installPythonTools } from './python-tools.ts'
import { schemathesisStep } from './schemathesis.ts'
import { type Bench, type Step, StepFailure } from './step.ts'

// Runs the steps that are named, one after the other. `run.ts` starts a process like this for each lane.

/** A step consists of many waits and of commands without a limit of their own. No step takes nearly as long. */
const STEP_WATCHDOG_MS = 12 * WATCHDOG_MS
const STEPS: readonly Step[] = [benchStep, focusStep, schemathesisStep, awsStep, dashboardStep, dashboardSpeedStep]
const TOOLS: Step = {
  name: 'tools',
  shows: 'the Python tools are installed in the pinned versions',
  run: installPythonTools,
}

const processes = new Processes()
const closers: (() => Promise<void>)[] = []
let ending: Promise<void> | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
stopWithParent(() => stop('SIGTERM'))

try {
  await runAll(chosenSteps(process.argv.slice(2)))
  await end()
  exitSoon()
} catch (error) {
  // A step that fails because the run is being stopped has nothing to tell.
  if (ending === undefined) fail(error)
  await end()
  exitSoon()
}

async function runAll(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const started = Date.now()
    say(`${step.name}: ${step.shows}`)
    await run(step)
    await closeAll()
    const took = `${((Date.now() - started) / 1000).toFixed(0)} s`
    process.stdout.write(`   ${step.name}: passed in ${took}\n`)
    appendFileSync(TIMES_FILE, `${took.padStart(8)}  ${step.name}\n`)
  }
}

async function run(step: Step): Promise<void> {
  const folder = fileURLToPath(new URL(`../../.e2e/${step.name}`, import.meta.url))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'home'), { recursive: true })
  let said = 'nothing'
  const tellLine = (line: string) => {
    said = line
    process.stdout.write(`   ${step.name}: ${line}\n`)
  }
  const bench: Bench = { processes, folder, say: tellLine, onEnd: (close) => closers.push(close) }
  const describe = () => `the last it said was “${said}”; running: ${processes.running().join(', ') || 'nothing'}.`
  await waitFor('the end of the step', step.run(bench), describe, STEP_WATCHDOG_MS).catch((cause: unknown) => {
    throw new StepFailure(`${step.name} failed: ${explain(cause)}`, { cause })
  })
}

function chosenSteps(names: readonly string[]): Step[] {
  const chosen = STEPS.filter(({ name }) => names.includes(name))
  return [...(chosen.some(({ needsPythonTools }) => needsPythonTools === true) ? [TOOLS] : []), ...chosen]
}

/** Closes what is open, ends every process, and checks that none is left. */
function end(): Promise<void> {
  ending ??= (async () => {
    await closeAll()
    const left = () => processes.leftBehind()
    // Those of a browser end a little after it.
    await waitUntil(
      'every process of the run to end',
      () => left().length === 0,
      () => left().join(', '),
    ).catch(fail)
    for (const id of left()) process.kill(id, 'SIGKILL')
  })()
  return ending
}

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) {
    await waitFor('something that a step opened to close', close()).catch(fail)
  }
  await processes.stopAll().catch(fail)
}

function stop(signal: NodeJS.Signals): void {
  if (ending !== undefined) return
  process.stderr.write(`\nStopped by ${signal}; ending what was started.\n`)
  void end().then(() => process.exit(signal === 'SIGINT' ? 130 : 143))
}

/** A run that has ended but for something it forgot to close fails, rather than stay. */
function exitSoon(): void {
  setTimeout(() => {
    fail(new StepFailure('The run has ended, and something that it opened is still open.'))
    process.exit()
  }, WATCHDOG_MS).unref()
}

function fail(error: unknown): void {
  process.stderr.write(`\n== FAILED: ${explain(error)}\n`)
  process.exitCode = 1
}

function explain(error: unknown): string {
  if (error instanceof StepFailure) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function say(text: string): void {
  process.stdout.write(`\n== ${text}\n`)
}
