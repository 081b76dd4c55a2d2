import { findChromium } from './dashboard/browser.ts'
import { callersEnvironment } from './environment.ts'
import { type Bench, StepFailure } from './step.ts'

/** Uses the Chromium that is there; else installs Debian's. Throws `StepFailure` where that cannot be done. */
export async function installChromium({ processes, say }: Bench): Promise<void> {
  if (findChromium() !== undefined) return say('Chromium is there already.')
  const environment = callersEnvironment()
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    await processes.run({ command: 'apt-get', args, environment }).catch((cause: unknown) => {
      throw new StepFailure('Chromium is needed, and could not be installed: install it, or name one in CHROMIUM.', {
        cause,
      })
    })
  }
}
