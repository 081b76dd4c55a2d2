import { isNativeError } from 'node:util/types'
import { DataDirectoryInUseError, DataDirectoryUnusableError } from '../services/data-directory.ts'
import { WrongEncryptionKeyError } from '../services/key-files.ts'
import { SettingsError } from '../settings/settings.ts'

/** Explains why Rollcall could not start or stop: one sentence with the fix, or the stack of an unexpected error. */
export function explainFailure(error: unknown): string {
  const isExpected =
    error instanceof SettingsError ||
    error instanceof DataDirectoryInUseError ||
    error instanceof DataDirectoryUnusableError ||
    error instanceof WrongEncryptionKeyError
  if (isExpected) return error.message
  if (!isNativeError(error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use. Stop what uses it, or set PORT to another (0 picks a free one).'
  }
  if ('code' in error && error.code === 'EACCES' && 'port' in error) {
    return 'The port may not be used by this account. Set PORT to another (0 picks a free one).'
  }
  return error.stack ?? error.message
}
