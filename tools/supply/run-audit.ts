import { spawnSync } from 'node:child_process'
import { judgeAudit } from './audit.ts'
import { AUDIT_EXCEPTIONS } from './audit-exceptions.ts'
import { shippedPackages } from './shipped-packages.ts'

// `npm run audit` asks the registry about known vulnerabilities of what ships. It ends with 0 when there is no grave
// one, 1 when there is, and 2 when the registry did not say: then nothing was checked.
const WITHIN_MS = 120_000

// All packages, since the dashboard's are development dependencies; what does not ship is left out by its place.
const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: WITHIN_MS })
const shippedPaths = new Set(shippedPackages().map(({ path }) => path))
const verdict = judgeAudit(stdout, shippedPaths, AUDIT_EXCEPTIONS, new Date().toISOString().slice(0, 10))

switch (verdict.kind) {
  case 'clean':
    process.stdout.write(
      `No grave vulnerability is known of the ${shippedPaths.size} packages that ship (${verdict.checked} asked about, ${verdict.excepted} exceptions).\n`,
    )
    break
  case 'faulty':
    process.stderr.write(`${verdict.faults.join('\n')}\n`)
    process.exitCode = 1
    break
  case 'unanswered':
    process.stderr.write(
      `NOT CHECKED: the registry gave no audit. ${verdict.reason.replaceAll(/https?:\/\/\S+/g, '…')}\n`,
    )
    process.exitCode = 2
    break
}
