import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bareEnvironment } from './environment.ts'
import type { Bench } from './step.ts'

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

/** Starts the product as `npm start -- --empty` does, on a free port and with files of its own. Gives its address. */
export async function startLocalProduct(
  bench: Bench,
  options: { readonly baseUrl: string; readonly anthropicBaseUrl: string; readonly token: string },
): Promise<string> {
  const product = bench.processes.start({
    command: process.execPath,
    args: ['local/start.ts', '--empty'],
    folder: PROJECT,
    environment: bareEnvironment(join(bench.folder, 'home'), {
      PORT: '0',
      ROLLCALL_DATA_DIR: join(bench.folder, 'data'),
      ROLLCALL_TOKEN: options.token,
      OPENAI_BASE_URL: options.baseUrl,
      ANTHROPIC_BASE_URL: options.anthropicBaseUrl,
    }),
  })
  const [, url = ''] = await product.until(/^Rollcall is ready: (http:\/\/127\.0\.0\.1:\d+)$/m)
  return url
}
