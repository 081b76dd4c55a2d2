import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dashboardSpeedStep } from './dashboard-speed.ts'
import { dashboardStep } from './dashboard.ts'

const names = process.argv.slice(2)
for (const step of [dashboardStep, dashboardSpeedStep]) {
  if (names.length > 0 && !names.includes(step.name)) continue
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-dashboard-'))
  const closers: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
  process.stdout.write(`${step.name}: ${step.shows}\n`)
  try {
    const say = (line: string) => process.stdout.write(`   ${line}\n`)
    await step.run({ folder, say, onEnd: (close) => closers.push(close) })
  } finally {
    for (const close of closers.toReversed()) await close()
  }
}
