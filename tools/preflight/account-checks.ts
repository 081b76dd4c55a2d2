import { DefaultStackSynthesizer } from 'aws-cdk-lib'
import { ownDomainPrefix } from '../../infra/constructs/sign-in/cognito-address.ts'
import { type Check, missing, notChecked, ok } from './check.ts'

const USABLE_REGIONS = new Set(['ENABLED', 'ENABLED_BY_DEFAULT'])

/** Regions introduced after 2019 must be enabled by the account's owner. */
export const region: Check = {
  name: 'region',
  asksAccount: true,
  run: async ({ account, region }) => {
    const status = await account.regionStatus(region)
    if (status === undefined)
      return missing(`AWS has no region ${region}: check “region” in infra/config.ts, or AWS_REGION`)
    return USABLE_REGIONS.has(status)
      ? ok(`${region} is enabled`)
      : missing(
          `${region} is ${status.toLowerCase()} in this account: enable it under “AWS Regions”, or choose another`,
        )
  },
}

/** `MIN_BOOTSTRAP_STACK_VERSION` of CDK's `DefaultStackSynthesizer`, which its file assets need. */
const BOOTSTRAP_VERSION_AT_LEAST = 6

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export const bootstrap: Check = {
  name: 'bootstrap',
  asksAccount: true,
  run: async ({ account, accountId, region, config: { bootstrapQualifier: own } }) => {
    const qualifier = own ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER
    const version = await account.parameter(`/cdk-bootstrap/${qualifier}/version`)
    const option = own === undefined ? '' : ` --qualifier ${own}`
    const command = `npx cdk bootstrap aws://${accountId}/${region}${option}`
    if (version === undefined) return missing(`CDK’s bootstrap stack is not in ${region}: ${command}`)
    return Number(version) >= BOOTSTRAP_VERSION_AT_LEAST
      ? ok(`CDK’s bootstrap stack has version ${version}`)
      : missing(`CDK’s bootstrap stack has version ${version}, and ${BOOTSTRAP_VERSION_AT_LEAST} is needed: ${command}`)
  },
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const STATES_TO_DELETE = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'])

/** Whether a deployment can begin. A failed first deployment leaves a stack that can only be deleted. */
export const stack: Check = {
  name: 'stack',
  asksAccount: true,
  run: async ({ account, stackName, stage }) => {
    const status = await account.stackStatus(stackName)
    if (status === undefined) return ok(`${stackName} does not exist yet: this will be its first deployment`)
    if (STATES_TO_DELETE.has(status)) {
      return missing(
        `${stackName} is in the state ${status}: npx cdk destroy -c stage=${stage}, as docs/deploy.md says`,
      )
    }
    if (status.endsWith('_IN_PROGRESS'))
      return missing(`${stackName} is in the state ${status}: wait until it has ended`)
    return ok(`${stackName} exists (${status})`)
  },
}

/** For the api function, of which one dashboard page starts several instances, dispatch, and the site deployment. */
const BESIDE_SYNCS = 5

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: a new account may have fewer than 1,000. */
export const concurrency: Check = {
  name: 'functions at once',
  asksAccount: true,
  run: async ({ account, config: { syncsAtOnce }, region }) => {
    const limit = await account.concurrentFunctions()
    if (limit === undefined) return notChecked('Lambda did not report the limit')
    const needed = syncsAtOnce + BESIDE_SYNCS
    const facts = `${limit} in ${region} for everything in the account; syncs take up to ${syncsAtOnce}`
    return limit >= needed
      ? ok(facts)
      : missing(
          `${facts}: ask AWS for at least ${needed} (Service Quotas, Lambda, Concurrent executions), or lower syncsAtOnce`,
        )
  },
}

/**
 * No API reports beforehand whether AWS Support must verify an account first. An existing distribution proves that it
 * need not.
 */
export const cloudFront: Check = {
  name: 'CloudFront',
  asksAccount: true,
  run: async ({ account }) =>
    (await account.hasDistributions())
      ? ok('this account has distributions, so it can create them')
      : notChecked(
          'AWS does not report whether a new account can create a distribution. If the deployment fails with “Your account must be verified before you can add new CloudFront resources”, open a case with AWS Support, as docs/deploy.md says',
        ),
}

/** A prefix can belong to only one user pool in a region, across all accounts. */
export const cognitoDomain: Check = {
  name: 'sign-in page',
  asksAccount: true,
  run: async ({ account, accountId, config: { signIn }, stackName, region }) => {
    if (signIn.kind !== 'cognito' || accountId === undefined) return undefined
    const prefix = signIn.domainPrefix ?? ownDomainPrefix(stackName, accountId)
    const address = `${prefix}.auth.${region}.amazoncognito.com`
    const owner = await account.ownerOfDomainPrefix(prefix)
    if (owner === undefined) return ok(`${address} is free, according to Cognito`)
    const isDeployed = (await account.stackStatus(stackName)) !== undefined
    if (owner === accountId && isDeployed) return ok(`${address} is this account’s`)
    const whose = owner === accountId ? 'another user pool of this account' : 'another account'
    return missing(`${address} is taken by ${whose}: set another signIn.domainPrefix`)
  },
}
