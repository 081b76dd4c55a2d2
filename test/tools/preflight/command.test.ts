import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const COMMAND = join(import.meta.dirname, '../../../tools/preflight/run-preflight.ts')

/** Runs it with no credentials to be found; nothing is asked of any network then. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'], HOME: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true', ...environment }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', COMMAND, ...args], {
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('Without credentials it says so in one line, checks nothing in the account, and exits with 1', () => {
  const { status, stdout, stderr } = run(['--stage', 'prod'], { AWS_REGION: 'eu-central-1' })
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'Preflight of Rollcall-prod in eu-central-1',
    'missing      credentials: no AWS credentials were found: run aws configure or aws sso login, or set AWS_PROFILE.',
    'not checked  region: there are no credentials.',
  ])
  expect(stdout).toMatch(/\nMissing: 1\.\n$/)
  expect([status, stderr]).toEqual([1, ''])
})

test('Without a region it says where to set one', () => {
  expect(run([])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'No region: set “region” of the stage in infra/config.ts, or AWS_REGION.\n',
  })
})

test('An unsupported region is refused before any request', () => {
  expect(run(['--stage', 'prod'], { AWS_REGION: 'cn-north-1' })).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'The region of the AWS command line: cn-north-1 is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1\n',
  })
})

test.each([
  [['--stage', 'test'], 'infra/config.ts: stages.test: it does not exist; the stages are dev, prod\n'],
  [['--stages', 'prod'], 'Usage: npm run preflight -- --stage prod\n'],
  [['prod'], 'Usage: npm run preflight -- --stage prod\n'],
])('Called with %j it reports the mistake in one line', (args, stderr) => {
  expect(run(args, { AWS_REGION: 'eu-central-1' })).toEqual({ status: 2, stdout: '', stderr })
})
