import { randomUUID } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'

/** The end of the names of files that are being written. After a crash, they can be removed. */
export const ASIDE = '.new'

/** The file that `writeWhole` writes before it replaces the one at `path`. */
export function asideOf(path: string): string {
  return `${path}${ASIDE}`
}

/** Replaces a file (0600): after a crash, it has either the old or the new content. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const aside = asideOf(path)
  await writeFlushed(aside, text)
  await rename(aside, path)
}

/**
 * Creates a file (0600) unless there is one: of several callers, also in other processes, the first one's content stays.
 * After a crash, the file is whole or does not exist.
 */
export async function createWhole(path: string, text: string): Promise<void> {
  const aside = asideOf(`${path}.${randomUUID()}`)
  await writeFlushed(aside, text)
  try {
    await link(aside, path)
  } catch (error) {
    if (!isExisting(error)) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

function isExisting(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST'
}
