import { explainFailure } from './output/explain-failure.ts'
import { useProxy } from './http/outbound-proxy.ts'
import { type Rollcall, startRollcall } from './run-local.ts'
import { readSettings } from './settings/settings.ts'

const STOP_WITHIN_MS = 5_000
const LOOK_FOR_PARENT_EVERY_MS = 250

let started: Rollcall | undefined
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
if (process.env['npm_lifecycle_event'] !== undefined) stopWithParent()

try {
  useProxy(process.env)
  started = await startRollcall(readSettings(process.env, process.argv.slice(2)), (line) => {
    process.stdout.write(`${line}\n`)
  })
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exit(1)
}

/** Stops cleanly. During startup, or when asked a second time, it stops at once; the next start recovers. */
function stop(): void {
  if (started === undefined || isStopping) process.exit(isStopping ? 1 : 0)
  isStopping = true
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref()
  started.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${explainFailure(error)}\n`)
      process.exit(1)
    },
  )
}

/**
 * npm's shell does not forward signals to this process. A signal to npm ends that shell, so its end counts as the
 * signal.
 */
function stopWithParent(): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    if (!isStopping) stop()
  }, LOOK_FOR_PARENT_EVERY_MS).unref()
}
