import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClassicLevel } from 'classic-level'

const POLL_MS = 200
const WAIT_MS = 10_000

/** Another process uses the data folder. */
export class DataDirectoryInUseError extends Error {
  constructor(folder: string) {
    super(
      `Another Rollcall is using the data folder ${folder}. Stop it first, or set ROLLCALL_DATA_DIR to another folder.`,
    )
    this.name = 'DataDirectoryInUseError'
  }
}

/** The data folder, held by this process alone: whoever holds it knows that no sync of it runs elsewhere. */
export interface DataDirectory {
  readonly tablePath: string
  readonly keysPath: string
  release(): Promise<void>
}

/**
 * Creates the folder (0700; files become 0600) and takes its lock, waiting up to 10 s. The lock is LevelDB's: the system
 * frees it when the process ends, however it ends. Throws `DataDirectoryInUseError`.
 */
export async function holdDataDirectory(folder: string, waitMs: number = WAIT_MS): Promise<DataDirectory> {
  process.umask(0o077)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const lock = await takeLock(join(folder, 'lock'), folder, waitMs)
  return { tablePath: join(folder, 'dynamodb'), keysPath: join(folder, 'keys'), release: () => lock.close() }
}

async function takeLock(path: string, folder: string, waitMs: number): Promise<ClassicLevel> {
  for (let waited = 0; ; waited += POLL_MS) {
    const lock = new ClassicLevel(path)
    try {
      await lock.open()
      return lock
    } catch (error) {
      if (!isLocked(error)) throw error
      if (waited >= waitMs) throw new DataDirectoryInUseError(folder)
    }
    await sleep(POLL_MS)
  }
}

function isLocked(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === 'LEVEL_LOCKED') || isLocked(error.cause)
}
