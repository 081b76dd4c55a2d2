import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dashboardStep } from './dashboard.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-dashboard-'))
const closers: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
try {
  process.stdout.write(`${dashboardStep.name}: ${dashboardStep.shows}\n`)
  await dashboardStep.run({
    folder,
    say: (line) => process.stdout.write(`   ${line}\n`),
    onEnd: (close) => closers.push(close),
  })
} finally {
  for (const close of closers.toReversed()) await close()
}
