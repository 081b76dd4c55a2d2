import { startEmulatedTable } from '../../infra/local/emulated-table.ts'

/** A table of its own in memory, on the real protocol. */
export function startLocalTable() {
  return startEmulatedTable()
}
