import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { ApiClient } from '../e2e/api-client.ts'
import { bareEnvironment } from '../e2e/environment.ts'
import { Processes, type RunningProcess } from '../e2e/processes.ts'
import { filePlaces, tablePlaces } from './places.ts'
import type { Place } from './traces.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const READY = /^Rollcall is ready: (http:\/\/127\.0\.0\.1:\d+)$/m

interface Options {
  /** One that `ROLLCALL_TOKEN` in the environment makes good. */
  readonly token?: string
  readonly args?: readonly string[]
  /** The largest heap, as `npm start` sets it. */
  readonly heapMb?: number
}

/** The product as `npm start` runs it, in processes of its own on one data folder, and all that it says and writes. */
export class LocalRun {
  private readonly folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  private readonly processes = new Processes()
  private readonly printed: RunningProcess[] = []
  private readonly environment: Readonly<Record<string, string>>
  private readonly options: Options
  private address = ''

  constructor(environment: Readonly<Record<string, string>>, options: Options = {}) {
    this.environment = environment
    this.options = options
  }

  /** Of the process that runs. */
  get processId(): number {
    return this.printed.at(-1)?.id ?? 0
  }

  /** True when the process that ran has ended. */
  get hasEnded(): boolean {
    return this.printed.at(-1)?.hasEnded() ?? false
  }

  get dataFolder(): string {
    return join(this.folder, 'data')
  }

  async start(): Promise<void> {
    const { heapMb, args = [] } = this.options
    const added = { ...this.environment, PORT: '0', ROLLCALL_DATA_DIR: this.dataFolder }
    const product = this.processes.start({
      command: process.execPath,
      args: [...(heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`]), 'local/start.ts', ...args],
      folder: PROJECT,
      environment: bareEnvironment(this.folder, added),
    })
    this.printed.push(product)
    this.address = (await product.until(READY))[1] ?? ''
  }

  async stop(): Promise<void> {
    await this.printed.at(-1)?.stop()
  }

  /** Ends the process in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.printed.at(-1)?.stop('SIGKILL')
  }

  /** The address of the process that runs, before `/v1`. */
  get url(): string {
    return this.address
  }

  /** The API of the process that runs. */
  get api(): ApiClient {
    return new ApiClient(this.address, this.options.token)
  }

  /** Standard output and standard error of every process so far. */
  said(): Place[] {
    return this.printed.map((product, index) => ({ name: `output ${index + 1}`, text: product.text() }))
  }

  /** Once it is stopped: every file, and every item of the table. */
  async wrote(): Promise<{ files: Place[]; tables: Place[]; items: number }> {
    const files = filePlaces(this.dataFolder)
    const emulator = await startEmulatedTable(join(this.dataFolder, 'dynamodb'))
    const { places, items } = await tablePlaces(emulator.table)
    await emulator.close()
    return { files, tables: places, items }
  }

  async close(): Promise<void> {
    await this.processes.stopAll()
    rmSync(this.folder, { recursive: true })
  }
}
