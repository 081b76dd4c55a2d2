import {
  AccountClient,
  GetRegionOptStatusCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-account'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront'
import { CognitoIdentityProviderClient, DescribeUserPoolDomainCommand } from '@aws-sdk/client-cognito-identity-provider'
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Account } from './account.ts'

/** The region for global services. Its endpoints answer even when the account has not enabled `region`. */
const HOME_REGION = 'us-east-1'
const CALM = { maxAttempts: 2, requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000 } }

/** The account of the credentials that the AWS SDK finds, which are those of the CDK command line. */
export function awsAccount(region: string): Account {
  const here = { ...CALM, region }
  const home = { ...CALM, region: HOME_REGION }
  return {
    id: async () => {
      const { Account: id } = await new STSClient(home).send(new GetCallerIdentityCommand())
      if (id === undefined) throw new Error('AWS did not report the account of the credentials.')
      return id
    },
    regionStatus: (name) => regionStatusOf(new AccountClient(home), name),
    parameter: (name) => parameterOf(new SSMClient(here), name),
    stackStatus: (name) => stackStatusOf(new CloudFormationClient(here), name),
    concurrentFunctions: async () => {
      const { AccountLimit } = await new LambdaClient(here).send(new GetAccountSettingsCommand())
      return AccountLimit?.UnreservedConcurrentExecutions ?? AccountLimit?.ConcurrentExecutions
    },
    hasDistributions: async () => {
      const { DistributionList } = await new CloudFrontClient(home).send(new ListDistributionsCommand({ MaxItems: 1 }))
      return (DistributionList?.Items?.length ?? 0) > 0
    },
    ownerOfDomainPrefix: async (prefix) => {
      const client = new CognitoIdentityProviderClient(here)
      // For a free prefix, the description has no user pool.
      const { DomainDescription } = await client.send(new DescribeUserPoolDomainCommand({ Domain: prefix }))
      return DomainDescription?.AWSAccountId
    },
  }
}

/** https://docs.aws.amazon.com/accounts/latest/reference/API_GetRegionOptStatus.html */
async function regionStatusOf(client: AccountClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetRegionOptStatusCommand({ RegionName: name }))).RegionOptStatus
  } catch (error) {
    if (error instanceof ResourceNotFoundException || error instanceof ValidationException) return undefined
    throw error
  }
}

async function parameterOf(client: SSMClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetParameterCommand({ Name: name }))).Parameter?.Value
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined
    throw error
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html: ValidationError for none of that name. */
async function stackStatusOf(client: CloudFormationClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0]?.StackStatus
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined
    throw error
  }
}
