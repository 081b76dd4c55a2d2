import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

/** Each starts the app anew, some two seconds of CPU. */
const TEST_TIMEOUT_MS = 60_000

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Runs the CDK app as `cdk synth` does, without bundling. */
function synth(options: { nodeArguments?: string[]; context?: Record<string, unknown> } = {}) {
  const context = { 'aws:cdk:bundling-stacks': [], ...options.context }
  return new Promise<{ code: number; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [...(options.nodeArguments ?? []), 'infra/app.ts'],
      {
        cwd: ROOT,
        env: { PATH: process.env['PATH'], CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: JSON.stringify(context) },
      },
      (error, _stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stderr }),
    )
  })
}

test(
  'The app synthesizes with an empty environment: no account, no region, no credentials',
  async () => {
    expect(await synth()).toEqual({ code: 0, stderr: '' })
  },
  TEST_TIMEOUT_MS,
)

test(
  'A mistake in infra/config.ts stops it with one line that names the field, and no stack trace',
  async () => {
    expect(await synth({ nodeArguments: ['--import', './test/infra/break-config.js'] })).toEqual({
      code: 1,
      stderr:
        'infra/config.ts: stages.dev.schedules[0].expression: The schedule rate(6 ours) is not valid: a rate is a whole number and minutes, hours or days. (and 1 more)\n',
    })
  },
  TEST_TIMEOUT_MS,
)

test.each(['test', 'toString'])(
  'A stage that does not exist (%s) stops it, and those that do are named',
  async (stage) => {
    expect(await synth({ context: { stage } })).toEqual({
      code: 1,
      stderr: `infra/config.ts: stages.${stage}: there is none; there are dev, prod\n`,
    })
  },
  TEST_TIMEOUT_MS,
)
