import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitUntil } from './watchdog.ts'

/** The folder of this run. Throws outside jest. */
function runFolder(): string {
  const folder = process.env['TEST_RUN_FOLDER']
  if (folder === undefined) throw new Error('There is no folder of the run: jest’s globalSetup is run-folder.ts.')
  return folder
}

/** The environment of processes that suites start: of what they load in common, the first compiles it for all of a run. */
export function compiledOnce(): Readonly<Record<string, string>> {
  return { NODE_COMPILE_CACHE: join(runFolder(), 'compiled') }
}

/**
 * A folder that `make` fills once for all suites of a run, in the first suite that asks for `name`; suites that ask
 * meanwhile wait for it. The folder is of this run alone, so what is in it was made from the sources as they are. Throws
 * what `make` threw, in every suite that asks.
 */
export async function onceInRun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(runFolder(), name)
  const outcome = `${folder}.outcome`
  // Gives the folder only where this call made it: of suites in several processes that is one.
  if (mkdirSync(folder, { recursive: true }) !== undefined) {
    const failure = await make(folder).then(
      () => '',
      (error: unknown) => String(error),
    )
    writeFileSync(`${outcome}.part`, failure)
    renameSync(`${outcome}.part`, outcome)
  }
  await waitUntil(`${name}, which another suite makes`, () => existsSync(outcome))
  const failure = readFileSync(outcome, 'utf8')
  if (failure !== '') throw new Error(failure)
  return folder
}
