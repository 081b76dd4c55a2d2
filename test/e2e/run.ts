import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LANES, TIMES_FILE } from './lanes.ts'
import { stopWithParent } from './parent.ts'

/** Runs one lane. */
const RUN_STEPS = fileURLToPath(new URL('run-steps.ts', import.meta.url))

const running = new Set<ChildProcess>()
let stoppedBy: NodeJS.Signals | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
if (process.env['npm_lifecycle_event'] !== undefined) stopWithParent(() => stop('SIGTERM'))

const failed = await runLanes(chosenLanes(process.argv.slice(2)))
if (stoppedBy !== undefined) process.exitCode = stoppedBy === 'SIGINT' ? 130 : 143
else if (failed === undefined) process.stdout.write(`\n== All end-to-end steps passed\n${times()}`)
else {
  // What the other lane still printed stands between this and the failure itself.
  process.stderr.write(`\n== FAILED: a step of the lane ${failed}; the reason is above\n`)
  process.exitCode = 1
}

/** Runs the lanes beside each other, and stops the others when one fails. Gives the steps of the lane that failed first. */
async function runLanes(lanes: readonly (readonly string[])[]): Promise<string | undefined> {
  mkdirSync(dirname(TIMES_FILE), { recursive: true })
  rmSync(TIMES_FILE, { force: true })
  let first: string | undefined
  await Promise.all(
    lanes.map(async (names) => {
      const code = await runLane(names)
      if (code === 0 || first !== undefined) return
      first = names.join(', ')
      stopAll('SIGTERM')
    }),
  )
  return first
}

/** Gives the exit code; null after a signal. */
async function runLane(names: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [RUN_STEPS, ...names], { stdio: ['ignore', 'inherit', 'inherit'] })
  running.add(child)
  await once(child, 'exit')
  running.delete(child)
  return child.exitCode
}

/** Those steps of each lane that are named; all of them when none is. */
function chosenLanes(names: readonly string[]): readonly (readonly string[])[] {
  const known = LANES.flat()
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    process.stderr.write(`There is no step ${unknown}. The steps: ${known.join(', ')}.\n`)
    process.exit(2)
  }
  if (names.length === 0) return LANES
  return LANES.map((lane) => lane.filter((name) => names.includes(name))).filter((lane) => lane.length > 0)
}

function times(): string {
  return existsSync(TIMES_FILE) ? readFileSync(TIMES_FILE, 'utf8') : ''
}

/** Every lane ends what it started before it ends itself. */
function stop(signal: NodeJS.Signals): void {
  stoppedBy ??= signal
  stopAll(signal)
}

function stopAll(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal)
}
