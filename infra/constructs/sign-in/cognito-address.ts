import { Aws, type Stack } from 'aws-cdk-lib'
import { ConfigError } from '../../settings/check-config.ts'
import { isDomainPrefix } from '../../settings/config-schema.ts'
import type { CognitoSignIn } from '../../settings/stage-config.ts'

/** As long as each, which is known only once deployed. */
const ANY_ACCOUNT = '111122223333'

/**
 * Where a user pool's people sign in. It is put together before the pool is: the dashboard's content policy names it, and the
 * pool's invitations name the dashboard.
 */
export interface CognitoAddress {
  readonly domainPrefix: string
  /** Where the dashboard reads how to sign in, and where it gets tokens. */
  readonly origins: readonly string[]
}

/** The one that is configured, or one made from stack and account. Throws `ConfigError` when Cognito takes none like that. */
export function cognitoAddress(stack: Stack, config: CognitoSignIn): CognitoAddress {
  const { region, urlSuffix } = stack
  const domainPrefix = config.domainPrefix ?? ownDomainPrefix(stack.stackName, Aws.ACCOUNT_ID)
  return {
    domainPrefix,
    origins: [`https://cognito-idp.${region}.${urlSuffix}`, `https://${domainPrefix}.auth.${region}.amazoncognito.com`],
  }
}

/** The prefix that is made from stack and account. Throws `ConfigError` when Cognito takes none like that. */
export function ownDomainPrefix(stackName: string, accountId: string): string {
  const prefix = `${stackName.toLowerCase()}-`
  if (!isDomainPrefix(prefix + ANY_ACCOUNT)) {
    throw new ConfigError(
      `${stackName}.config.signIn.domainPrefix: must be set, since Cognito takes none that is made of this stack’s name`,
    )
  }
  return prefix + accountId
}
