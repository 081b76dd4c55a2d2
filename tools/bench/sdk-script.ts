import * as z from 'zod'
import type { OrganizationProcess } from './bench-processes.ts'
import { Child, type Timed, timedSchema } from './child.ts'

/** A plain script in its own process: everything that the official SDK reads, into a file of SQLite. */
export class SdkScriptProcess {
  private readonly child = new Child('sdk-script-process.ts')

  /** Starts without a database. */
  async open({ baseUrl, key }: OrganizationProcess): Promise<void> {
    await this.child.run('open', { baseUrl, key }, z.unknown())
  }

  sync(): Promise<Timed> {
    return this.child.run('sync', null, timedSchema)
  }

  /** The number of people and of usage rows in the database. */
  stored(): Promise<{ people: number; rows: number }> {
    return this.child.run('stored', null, z.object({ people: z.int(), rows: z.int() }))
  }

  stop(): Promise<void> {
    return this.child.stop()
  }
}
