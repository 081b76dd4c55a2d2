import { spawnSync } from 'node:child_process'
import { judgeAudit } from './audit.ts'
import { AUDIT_EXCEPTIONS } from './audit-exceptions.ts'
import { shippedPackages } from './shipped-packages.ts'

// `npm run audit` asks the registry about known vulnerabilities of shipped packages. The exit code is 0 without severe
// ones, 1 with some, and 2 when the registry did not answer, in which case nothing was checked.
const WITHIN_MS = 120_000

// All packages, since the dashboard's are development dependencies. Packages that do not ship are filtered out by their
// path.
const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: WITHIN_MS })
const shippedPaths = new Set(shippedPackages().map(({ path }) => path))
const verdict = judgeAudit(stdout, shippedPaths, AUDIT_EXCEPTIONS, new Date().toISOString().slice(0, 10))

switch (verdict.kind) {
  case 'clean':
    process.stdout.write(
      `No severe vulnerability is known in the ${shippedPaths.size} shipped packages (${verdict.checked} checked, ${verdict.excepted} exceptions).\n`,
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
