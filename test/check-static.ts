import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pLimit from 'p-limit'

/** Scripts of package.json that do not depend on each other, the longest first. */
const CHECKS = ['types', 'format', 'lint', 'synth', 'dashboard:weight']
/** The machines of CI have two cores. */
const AT_ONCE = 2

/**
 * Runs the checks that need no test runner, two at once. Each prints its output as a whole when it ends. All of them run, whatever
 * fails, and the failed ones are named at the end.
 */
async function checkStatic(): Promise<void> {
  const limit = pLimit(AT_ONCE)
  const passed = await limit.map(CHECKS, async (script) => {
    const { code, output } = await run(script)
    process.stdout.write(`\n> ${script}\n${output}`)
    return code === 0
  })
  const failed = CHECKS.filter((_, index) => passed[index] !== true)
  if (failed.length === 0) return
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}

async function run(script: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  // After all output, unlike 'exit'.
  await once(child, 'close')
  return { code: child.exitCode, output }
}

await checkStatic()
