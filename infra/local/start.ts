import { DataDirectoryInUseError } from './data-directory.ts'
import { WrongEncryptionKeyError } from './key-files.ts'
import { type Rollcall, startRollcall } from './run-local.ts'
import { readSettings, SettingsError } from './settings.ts'

try {
  const rollcall = await startRollcall(readSettings(process.env, process.argv.slice(2)), (line) => {
    process.stdout.write(`${line}\n`)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(rollcall))
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
}

let isStopping = false

/** Stops cleanly; asked a second time, at once. */
function stop(rollcall: Rollcall): void {
  if (isStopping) process.exit(1)
  isStopping = true
  rollcall.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`)
      process.exit(1)
    },
  )
}

function explain(error: unknown): string {
  const isExpected =
    error instanceof SettingsError ||
    error instanceof DataDirectoryInUseError ||
    error instanceof WrongEncryptionKeyError
  if (isExpected) return error.message
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use. Stop what uses it, or set PORT to another (0 picks a free one).'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
