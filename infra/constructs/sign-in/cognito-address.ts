import { Aws, type Stack } from 'aws-cdk-lib'
import { ConfigError } from '../../settings/check-config.ts'
import { isDomainPrefix } from '../../settings/sign-in-schema.ts'
import type { CognitoSignIn } from '../../settings/stage-config.ts'

/** Placeholders as long as the values, which are only known after deployment. */
const ANY_ACCOUNT = '111122223333'

/**
 * The address of a user pool's sign-in page. It is computed before the pool is created, because the dashboard's content
 * policy contains it and the pool's invitations contain the dashboard's address.
 */
export interface CognitoAddress {
  readonly domainPrefix: string
  /** The origins where the dashboard reads the sign-in configuration and fetches tokens. */
  readonly origins: readonly string[]
}

/** The configured prefix, or one derived from stack and account. Throws `ConfigError` when Cognito would reject it. */
export function cognitoAddress(stack: Stack, config: CognitoSignIn): CognitoAddress {
  const { region, urlSuffix } = stack
  const domainPrefix = config.domainPrefix ?? ownDomainPrefix(stack.stackName, Aws.ACCOUNT_ID)
  return {
    domainPrefix,
    origins: [`https://cognito-idp.${region}.${urlSuffix}`, `https://${domainPrefix}.auth.${region}.amazoncognito.com`],
  }
}

/** The prefix derived from stack and account. Throws `ConfigError` when Cognito would reject it. */
export function ownDomainPrefix(stackName: string, accountId: string): string {
  const prefix = `${stackName.toLowerCase()}-`
  if (!isDomainPrefix(prefix + ANY_ACCOUNT)) {
    throw new ConfigError(
      `${stackName}.config.signIn.domainPrefix: must be set, since Cognito rejects the prefix derived from this stack’s name`,
    )
  }
  return prefix + accountId
}
