declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** A DynamoDB emulator: an HTTP server that is not listening yet. `path`: a LevelDB folder; in memory without. */
  export default function dynalite(options?: { path?: string; createTableMs?: number }): Server
}
