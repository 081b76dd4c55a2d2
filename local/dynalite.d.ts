declare module 'dynalite' {
  import type { Server } from 'node:http'

  /**
   * A DynamoDB emulator: an HTTP server that is not listening yet. `path` is a LevelDB folder; without it, data is in
   * memory.
   */
  export default function dynalite(options?: { path?: string; createTableMs?: number }): Server
}
