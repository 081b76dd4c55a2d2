import { execFileSync, spawnSync } from 'node:child_process'

/**
 * `npm test`, as the last part of `npm run check`. `.ci/run` runs it on its own before that, and sets
 * ROLLCALL_TESTS_PASSED to the git tree that passed: if that is the current tree, the tests are skipped with a message.
 */
function runUnlessPassed(): void {
  const passed = process.env['ROLLCALL_TESTS_PASSED'] ?? ''
  if (passed !== '' && passed === committedTree()) {
    process.stdout.write(
      `\nThe tests are left out: they passed before in this run, on these files (git tree ${passed}).\n`,
    )
    return
  }
  if (passed !== '') process.stdout.write('\nThe tests run again: the files are not those that passed.\n')
  const { status } = spawnSync('npm test', { stdio: 'inherit', shell: true })
  process.exitCode = status ?? 1
}

/** The tree of the commit that is checked out. Undefined where a file differs from it, and without git. */
function committedTree(): string | undefined {
  try {
    return git('status', '--porcelain') === '' ? git('rev-parse', 'HEAD^{tree}') : undefined
  } catch {
    return undefined
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

runUnlessPassed()
