import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Creates the folder that suites share before the first suite of a run, and removes it with the process. */
export default function makeRunFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tests-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  process.env['TEST_RUN_FOLDER'] = folder
}
