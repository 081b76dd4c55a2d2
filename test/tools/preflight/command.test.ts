import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { ConfigError } from '../../../infra/settings/check-config.ts'
import { compiledOnce } from '../../once-in-run.ts'
import { chooseTarget, UsageError } from '../../../tools/preflight/choose-target.ts'

const COMMAND = join(import.meta.dirname, '../../../tools/preflight/run-preflight.ts')

/** Runs it with no credentials to be found; nothing is asked of any network then. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...compiledOnce(),
    ...environment,
  }
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

test('Without a region it says where to set one in one line, and exits with 2', () => {
  expect(run([])).toEqual({
    status: 2,
    stdout: '',
    stderr: 'No region: set “region” of the stage in infra/config.ts, or AWS_REGION.\n',
  })
})

test('A region that is not supported is refused, after the stage is known', async () => {
  await expect(chooseTarget(['--stage', 'prod'], async () => 'cn-north-1')).rejects.toThrow(
    new UsageError(
      'The region of the AWS command line: cn-north-1 is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1',
    ),
  )
})

test.each([
  [['--stage', 'test'], new ConfigError('infra/config.ts: stages.test: it does not exist; the stages are dev, prod')],
  [['--stages', 'prod'], new UsageError('Usage: npm run preflight -- --stage prod')],
  [['prod'], new UsageError('Usage: npm run preflight -- --stage prod')],
])('Called with %j it refuses the mistake, before a region is looked up', async (args, error) => {
  const lookUp = jest.fn<() => Promise<string>>()
  const refused: unknown = await chooseTarget(args, lookUp).catch((reason: unknown) => reason)
  expect(refused).toStrictEqual(error)
  expect(lookUp).not.toHaveBeenCalled()
})

test('Without an argument it is the default stage, in the region of the AWS command line', async () => {
  expect(await chooseTarget([], async () => 'eu-central-1')).toMatchObject({
    stage: { name: 'dev' },
    region: 'eu-central-1',
  })
})
