import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { E2E_REGION } from './deployment-names.ts'
import { bareEnvironment } from './environment.ts'
import { freePort } from './free-port.ts'
import type { RunningProcess } from './processes.ts'
import { pythonTool } from './python-tools.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import type { Bench } from './step.ts'

/** How long it waits for the keys of an issuer. */
const PATIENCE_SECONDS = String(WATCHDOG_MS / 1000)

/** A running AWS emulator. */
export interface MiniStack {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string
  /** What it and the functions in it have printed. */
  text(): string
}

/**
 * Starts MiniStack on a free port of 127.0.0.1, empty. It hands its own environment to the functions it runs, so it gets
 * nothing of the caller's; and it runs them with the first `node` on its path, which is this one.
 */
export async function startMiniStack(bench: Bench): Promise<MiniStack> {
  const port = await freePort()
  const folder = join(bench.folder, 'emulator')
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary, { recursive: true })
  // It starts functions with a CommonJS script: without this, the project's own package.json would make it ESM.
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n')
  const server: RunningProcess = bench.processes.start({
    command: pythonTool('ministack'),
    args: [],
    folder,
    environment: bareEnvironment(join(bench.folder, 'home'), {
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: E2E_REGION,
      GATEWAY_PORT: `${port}`,
      TMPDIR: temporary,
      MINISTACK_APIGW_JWKS_TIMEOUT_SECONDS: PATIENCE_SECONDS,
      // These would listen on ports of their own.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    }),
  })
  bench.onEnd(async () => writeFileSync(join(bench.folder, 'emulator.txt'), server.text()))
  await server.until(/Running on http:/)
  return { url: `http://127.0.0.1:${port}`, text: () => server.text() }
}

/** What tools and clients need to reach the emulator, and nothing else. */
export function emulatorEnvironment(bench: Bench, url: string): Record<string, string> {
  return bareEnvironment(join(bench.folder, 'home'), {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: E2E_REGION,
    AWS_DEFAULT_REGION: E2E_REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    // No look for credentials elsewhere.
    AWS_EC2_METADATA_DISABLED: 'true',
    CI: 'true',
  })
}
