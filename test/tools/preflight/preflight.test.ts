import { expect, test } from '@jest/globals'
import type { Account } from '../../../tools/preflight/account.ts'
import { countMissing, report, runPreflight } from '../../../tools/preflight/preflight.ts'
import type { StageConfig } from '../../../infra/settings/stage-config.ts'
import { aStage } from '../../infra/stacks.ts'
import { ACCOUNT_ID, anAccount, awsError } from './fake-account.ts'

function linesFor(account: Partial<Account>, config: Partial<StageConfig> = {}) {
  const stage = { stage: 'prod', stackName: 'Rollcall-prod', region: 'eu-central-1' }
  return runPreflight({ ...stage, config: aStage({ syncsAtOnce: 5, ...config }), account: anAccount(account) })
}

/** The line of one check. */
async function lineOf(name: string, account: Partial<Account>, config: Partial<StageConfig> = {}): Promise<string> {
  const line = (await linesFor(account, config)).find((each) => each.name === name)
  return line === undefined ? 'none' : `${line.kind}: ${line.text}`
}

test('An account in which nothing is missing has a line for each check and a final line', async () => {
  const lines = await linesFor({})
  expect(report(lines)).toBe(
    [
      'ok  credentials: of the account 111122223333.',
      'ok  region: eu-central-1 is enabled.',
      'ok  bootstrap: CDK’s bootstrap stack has version 30.',
      'ok  stack: Rollcall-prod does not exist yet: this will be its first deployment.',
      'ok  functions at once: 1000 in eu-central-1 for everything in the account; syncs take up to 5.',
      'ok  CloudFront: this account has distributions, so it can create them.',
      'ok  sign-in page: rollcall-prod-111122223333.auth.eu-central-1.amazoncognito.com is free, according to Cognito.',
      'Nothing is missing.',
    ].join('\n'),
  )
  expect(countMissing(lines)).toBe(0)
})

test.each<[string, Partial<Account>, string]>([
  [
    'region',
    { regionStatus: async () => 'DISABLED' },
    'missing: eu-central-1 is disabled in this account: enable it under “AWS Regions”, or choose another',
  ],
  [
    'region',
    { regionStatus: async () => undefined },
    'missing: AWS has no region eu-central-1: check “region” in infra/config.ts, or AWS_REGION',
  ],
  ['region', { regionStatus: async () => 'ENABLED' }, 'ok: eu-central-1 is enabled'],
  [
    'bootstrap',
    { parameter: async () => undefined },
    'missing: CDK’s bootstrap stack is not in eu-central-1: npx cdk bootstrap aws://111122223333/eu-central-1',
  ],
  [
    'bootstrap',
    { parameter: async () => '5' },
    'missing: CDK’s bootstrap stack has version 5, and 6 is needed: npx cdk bootstrap aws://111122223333/eu-central-1',
  ],
  [
    'stack',
    { stackStatus: async () => 'ROLLBACK_COMPLETE' },
    'missing: Rollcall-prod is in the state ROLLBACK_COMPLETE: npx cdk destroy -c stage=prod, as docs/deploy.md says',
  ],
  [
    'stack',
    { stackStatus: async () => 'UPDATE_IN_PROGRESS' },
    'missing: Rollcall-prod is in the state UPDATE_IN_PROGRESS: wait until it has ended',
  ],
  [
    'stack',
    { stackStatus: async () => 'UPDATE_ROLLBACK_COMPLETE' },
    'ok: Rollcall-prod exists (UPDATE_ROLLBACK_COMPLETE)',
  ],
  [
    'functions at once',
    { concurrentFunctions: async () => 9 },
    'missing: 9 in eu-central-1 for everything in the account; syncs take up to 5: ask AWS for at least 10 (Service Quotas, Lambda, Concurrent executions), or lower syncsAtOnce',
  ],
  [
    'functions at once',
    { concurrentFunctions: async () => 10 },
    'ok: 10 in eu-central-1 for everything in the account; syncs take up to 5',
  ],
  [
    'CloudFront',
    { hasDistributions: async () => false },
    'not checked: AWS does not report whether a new account can create a distribution. If the deployment fails with “Your account must be verified before you can add new CloudFront resources”, open a case with AWS Support, as docs/deploy.md says',
  ],
  [
    'sign-in page',
    { ownerOfDomainPrefix: async () => '999988887777' },
    'missing: rollcall-prod-111122223333.auth.eu-central-1.amazoncognito.com is taken by another account: set another signIn.domainPrefix',
  ],
  [
    'sign-in page',
    { ownerOfDomainPrefix: async () => ACCOUNT_ID },
    'missing: rollcall-prod-111122223333.auth.eu-central-1.amazoncognito.com is taken by another user pool of this account: set another signIn.domainPrefix',
  ],
  [
    'sign-in page',
    { ownerOfDomainPrefix: async () => ACCOUNT_ID, stackStatus: async () => 'UPDATE_COMPLETE' },
    'ok: rollcall-prod-111122223333.auth.eu-central-1.amazoncognito.com is this account’s',
  ],
])('What is found of the %s is told, with what to do (%#)', async (name, account, line) => {
  expect(await lineOf(name, account)).toBe(line)
})

test('The configured prefix is checked', async () => {
  const asked: string[] = []
  const ownerOfDomainPrefix = async (prefix: string) => {
    asked.push(prefix)
    return undefined
  }
  const signIn = {
    kind: 'cognito',
    firstAdministratorEmail: 'ada@acme.internal',
    domainPrefix: 'people-of-acme',
  } as const
  await linesFor({ ownerOfDomainPrefix }, { signIn })
  expect(asked).toEqual(['people-of-acme'])
})

test.each([
  ['CredentialsProviderError', 'no AWS credentials were found: run aws configure or aws sso login, or set AWS_PROFILE'],
  ['ExpiredToken', 'the AWS credentials have expired: sign in to AWS again'],
  ['InvalidClientTokenId', 'AWS does not know these credentials: check AWS_PROFILE and AWS_ACCESS_KEY_ID'],
  ['TimeoutError', 'AWS did not answer as expected (TimeoutError)'],
])('Without credentials (%s) that is the one thing missing, and nothing else is asked', async (name, text) => {
  const lines = await linesFor({ id: awsError(name), regionStatus: () => Promise.reject(new Error('It was asked.')) })
  expect(lines[0]).toEqual({ name: 'credentials', kind: 'missing', text })
  expect(lines.slice(1).every(({ text }) => text === 'there are no credentials')).toBe(true)
  expect([lines.length, countMissing(lines)]).toEqual([7, 1])
})

test('A failed connection is reported with Node’s code', async () => {
  const fails = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
  expect(await lineOf('bootstrap', { parameter: fails })).toBe(
    'not checked: AWS did not answer as expected (ENOTFOUND)',
  )
})

test('Checks without permission are skipped, and the others run', async () => {
  const lines = await linesFor({
    concurrentFunctions: awsError('AccessDeniedException'),
    parameter: async () => undefined,
  })
  expect(lines.find(({ name }) => name === 'functions at once')).toMatchObject({
    kind: 'not checked',
    text: 'your credentials lack the permission for it',
  })
  expect(report(lines)).toContain('not checked  functions at once: your credentials lack the permission for it.')
  expect(report(lines)).toMatch(/\nMissing: 1\.$/)
})

test('The account’s number is shown where it is needed, and AWS’s error messages are not shown', async () => {
  const fails = awsError('ServiceException')
  const lines = await linesFor({
    regionStatus: fails,
    parameter: fails,
    hasDistributions: fails,
    concurrentFunctions: fails,
  })
  expect(report(lines)).not.toMatch(/arn:|ada/)
  const withNumber = lines.filter(({ text }) => text.includes(ACCOUNT_ID)).map(({ name }) => name)
  expect(withNumber).toEqual(['credentials', 'sign-in page'])
})

test('A bootstrap stack with its own qualifier is searched and suggested with that qualifier', async () => {
  const asked: string[] = []
  const parameter = async (name: string) => {
    asked.push(name)
    return undefined
  }
  expect(await lineOf('bootstrap', { parameter }, { bootstrapQualifier: 'acme' })).toContain(' --qualifier acme')
  expect(asked).toEqual(['/cdk-bootstrap/acme/version'])
})
