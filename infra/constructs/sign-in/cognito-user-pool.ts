import { type CfnResource, Duration, RemovalPolicy } from 'aws-cdk-lib'
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
import { ROLES } from '../../../shared/domain/role.ts'
import { acknowledge } from '../acknowledge.ts'
import type { CognitoSignIn as CognitoConfig, RoleConfig } from '../../settings/stage-config.ts'

export interface CognitoUserPoolProps {
  /** The stage's Cognito settings. */
  readonly config: CognitoConfig
  /** The pool gets one group for each value. */
  readonly roles: RoleConfig
  /** `RETAIN` guards the pool against deletion and keeps it when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy
  /** The sign-in page is at `<domainPrefix>.auth.<region>.amazoncognito.com`. */
  readonly domainPrefix: string
  /** The dashboard's address, `https://…`, which invitations contain. */
  readonly dashboardUrl: string
}

/** How long an invitation is valid, in days. */
const INVITED_FOR_DAYS = 3

/** The people who may sign in. Administrators create the accounts; sign-in requires a time-based one-time password. */
export class CognitoUserPool extends Construct {
  readonly pool: UserPool
  readonly domain: UserPoolDomain

  constructor(scope: Construct, id: string, props: CognitoUserPoolProps) {
    super(scope, id)
    const { config, roles, removalPolicy, domainPrefix, dashboardUrl } = props
    this.pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      userInvitation: invitation(dashboardUrl),
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // Nobody may give themselves another address, since decisions of reviews are recorded with it.
      standardAttributes: { email: { required: true, mutable: false } },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(INVITED_FOR_DAYS),
      },
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    })
    this.domain = this.pool.addDomain('SignIn', {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    const groups = new Map(
      ROLES.flatMap((role) => roles[role] ?? []).map((groupName) => [
        groupName,
        new CfnUserPoolGroup(this, `Group-${groupName}`, { userPoolId: this.pool.userPoolId, groupName }),
      ]),
    )
    const administrator = this.addFirstAdministrator(config.firstAdministratorEmail, groups.get(roles.admin[0] ?? ''))
    // Replacing the first administrator does not delete the previous one's account: the pool keeps its people and their
    // groups.
    for (const kept of [...groups.values(), ...administrator]) kept.applyRemovalPolicy(removalPolicy)
    for (const rule of ['COG3', 'COG8']) {
      acknowledge(
        this.pool,
        rule,
        'Threat protection requires the Plus plan, which is billed per user; TOTP is required instead.',
      )
    }
  }

  /** Cognito sends the invitation. The person sets a password and a TOTP device at the first sign-in. */
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

/**
 * Cognito inserts the name and the temporary password. No punctuation follows the password, so none can be mistaken for
 * a part of it.
 */
function invitation(dashboardUrl: string): { readonly emailSubject: string; readonly emailBody: string } {
  return {
    emailSubject: 'Your invitation to Rollcall',
    emailBody: [
      `<p>You are invited to Rollcall: <a href="${dashboardUrl}/">${dashboardUrl}/</a></p>`,
      '<p>Sign in as {username} with this temporary password: <code>{####}</code></p>',
      `<p>It is valid for ${INVITED_FOR_DAYS} days. You will choose your own password and set up an authenticator app.</p>`,
    ].join('\n'),
  }
}
