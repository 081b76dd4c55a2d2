import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ClassicLevel } from 'classic-level'

const POLL_MS = 200
const LOCK = 'lock'
const TABLE = 'dynamodb'
const KEYS = 'keys'

/** Another process uses the data folder. */
export class DataDirectoryInUseError extends Error {
  constructor(folder: string) {
    super(
      `Another Rollcall is using the data folder ${folder}. Stop it first, or set ROLLCALL_DATA_DIR to another folder.`,
    )
    this.name = 'DataDirectoryInUseError'
  }
}

/** The data folder cannot be created or written to. */
export class DataDirectoryUnusableError extends Error {
  constructor(folder: string, cause: unknown) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    super(`The data folder ${folder} cannot be used${reason}. Set ROLLCALL_DATA_DIR to a folder of your own.`, {
      cause,
    })
    this.name = 'DataDirectoryUnusableError'
  }
}

/** The data folder, locked by this process. While the lock is held, no other process runs syncs on this folder. */
export interface DataDirectory {
  readonly tablePath: string
  readonly keysPath: string
  release(): Promise<void>
}

/**
 * Creates the folder (0700; files become 0600) and locks it, waiting up to `waitMs`. The lock is LevelDB's; the
 * operating system releases it when the process ends, even after a crash. Throws `DataDirectoryInUseError`,
 * `DataDirectoryUnusableError`.
 */
export async function holdDataDirectory(folder: string, waitMs: number): Promise<DataDirectory> {
  process.umask(0o077)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    for (const name of [LOCK, TABLE, KEYS]) closeToOthers(join(folder, name))
  } catch (error) {
    throw new DataDirectoryUnusableError(folder, error)
  }
  const lock = await takeLock(join(folder, LOCK), folder, waitMs)
  return { tablePath: join(folder, TABLE), keysPath: join(folder, KEYS), release: () => lock.close() }
}

/** Folders copied from elsewhere, such as a backup, become 0700 too, and their files 0600. */
function closeToOthers(folder: string): void {
  if (!existsSync(folder)) return
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    // Another process may remove a file in the meantime.
    const path = join(folder, entry.name)
    if (entry.isFile() && existsSync(path)) chmodSync(path, 0o600)
  }
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
  if (typeof error !== 'object' || error === null) return false
  return ('code' in error && error.code === 'LEVEL_LOCKED') || ('cause' in error && isLocked(error.cause))
}
