import { Aws, type CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnUserPoolGroup,
  CfnUserPoolUser,
  CfnUserPoolUserToGroupAttachment,
  ManagedLoginVersion,
  Mfa,
  UserPool,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { ConfigError } from '../check-config.ts'
import { isDomainPrefix } from '../config-schema.ts'
import { acknowledge } from './acknowledge.ts'
import type { CognitoSignIn as CognitoConfig, RoleConfig } from '../stage-config.ts'

/** As long as each, which is known only once deployed. */
const ANY_ACCOUNT = '111122223333'

export interface CognitoUserPoolProps {
  readonly config: CognitoConfig
  /** A group is made for each of the values. */
  readonly roles: RoleConfig
  readonly removalPolicy: RemovalPolicy
}

/**
 * The people who may sign in: created by an administrator, never by themselves, with a time-based one-time password.
 * Apart from the clients, since those need the dashboard's address, and the dashboard needs to know where people sign in.
 */
export class CognitoUserPool extends Construct {
  readonly pool: UserPool
  readonly domain: UserPoolDomain

  constructor(scope: Construct, id: string, { config, roles, removalPolicy }: CognitoUserPoolProps) {
    super(scope, id)
    this.pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    })
    this.domain = this.pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix: config.domainPrefix ?? this.ownDomainPrefix() },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    const groups = new Map(
      [...roles.viewer, ...roles.admin].map((groupName) => [
        groupName,
        new CfnUserPoolGroup(this, `Group-${groupName}`, { userPoolId: this.pool.userPoolId, groupName }),
      ]),
    )
    const administrator = this.addFirstAdministrator(config.firstAdministratorEmail, groups.get(roles.admin[0] ?? ''))
    // A pool that is kept keeps its people and their groups; somebody else as first administrator costs nobody the account.
    for (const kept of [...groups.values(), ...administrator]) kept.applyRemovalPolicy(removalPolicy)
    for (const rule of ['COG3', 'COG8']) {
      acknowledge(
        this.pool,
        rule,
        'Threat protection takes the Plus plan, paid by user; everybody must use TOTP instead.',
      )
    }
  }

  /** Where the dashboard reads how to sign in, and where it gets tokens. */
  get origins(): readonly string[] {
    const { region, urlSuffix } = Stack.of(this)
    return [`https://cognito-idp.${region}.${urlSuffix}`, this.domain.baseUrl()]
  }

  /** Made from stack and account, so that no two have the same. Throws `ConfigError` when Cognito takes none like it. */
  private ownDomainPrefix(): string {
    const { stackName } = Stack.of(this)
    const prefix = `${stackName.toLowerCase()}-`
    if (!isDomainPrefix(prefix + ANY_ACCOUNT)) {
      throw new ConfigError(
        `${stackName}.config.signIn.domainPrefix: must be set, since Cognito takes none that is made of this stack’s name`,
      )
    }
    return prefix + Aws.ACCOUNT_ID
  }

  /** Cognito sends the invitation; the person sets a password and the TOTP device at the first sign-in. */
  private addFirstAdministrator(email: string, group: CfnUserPoolGroup | undefined): CfnResource[] {
    const { userPoolId } = this.pool
    const administrator = new CfnUserPoolUser(this, 'FirstAdministrator', {
      userPoolId,
      username: email,
      desiredDeliveryMediums: ['EMAIL'],
      userAttributes: [
        { name: 'email', value: email },
        { name: 'email_verified', value: 'true' },
      ],
    })
    if (group === undefined) return [administrator]
    const membership = new CfnUserPoolUserToGroupAttachment(this, 'FirstAdministratorGroup', {
      userPoolId,
      username: administrator.ref,
      groupName: group.ref,
    })
    return [administrator, membership]
  }
}
