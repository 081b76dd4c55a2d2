import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../.faults/', import.meta.url))

/** A jest reporter: after a whole run, prints what the suites counted. */
export default class FiguresReporter {
  onRunStart() {
    rmSync(FOLDER, { recursive: true, force: true })
  }

  onRunComplete() {
    if (!existsSync(FOLDER)) return
    for (const name of readdirSync(FOLDER).toSorted()) {
      const figures = JSON.parse(readFileSync(FOLDER + name, 'utf8'))
      process.stdout.write(`\n${name.replace('.json', '')}\n`)
      for (const [figure, count] of Object.entries(figures)) process.stdout.write(`  ${figure}: ${count}\n`)
    }
  }
}
