import { Duration } from 'aws-cdk-lib'
import {
  CfnManagedLoginBranding,
  OAuthScope,
  ResourceServerScope,
  type UserPool,
  UserPoolClient,
  type UserPoolClientProps,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { type DashboardSignIn, SIGNED_IN_PATH } from '../../../shared/contracts/dashboard-config.ts'
import { EMAIL_CLAIM } from '../../../shared/domain/role.ts'
import type { CognitoSignIn as CognitoConfig, RoleConfig } from '../../settings/stage-config.ts'
import type { CognitoUserPool } from './cognito-user-pool.ts'
import type { SignIn } from './sign-in.ts'

/** The resource server's identifier, which is the prefix of the scopes for scripts. */
const API_SCOPES = 'rollcall'
const PEOPLE_SCOPES = [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE]

export interface CognitoSignInProps {
  /** The stage's Cognito settings. */
  readonly config: CognitoConfig
  /** Which groups grant a role to people. */
  readonly roles: RoleConfig
  /** The dashboard's address: `https://…`, without a trailing slash. Tokens are only ever sent there. */
  readonly dashboardUrl: string
  /** The user pool that the clients belong to. */
  readonly userPool: CognitoUserPool
}

/** The clients of the user pool: a public one with PKCE for the dashboard, and one for scripts when configured. */
export class CognitoSignIn extends Construct implements SignIn {
  readonly tokens: SignIn['tokens']
  readonly dashboard: DashboardSignIn

  constructor(scope: Construct, id: string, { config, roles, dashboardUrl, userPool }: CognitoSignInProps) {
    super(scope, id)
    const { pool, domain } = userPool
    const client = new UserPoolClient(this, 'Dashboard', {
      ...clientDefaults(pool),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: PEOPLE_SCOPES,
        callbackUrls: [`${dashboardUrl}${SIGNED_IN_PATH}`],
        logoutUrls: [`${dashboardUrl}/`],
      },
      // One working day. Signing out, or an administrator, revokes it at once.
      refreshTokenValidity: Duration.hours(12),
    })
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    })
    const script =
      config.scriptClient === undefined ? undefined : this.addScriptClient(pool, config.scriptClient.access)
    this.tokens = {
      issuer: pool.userPoolProviderUrl,
      audiences: [client.userPoolClientId, ...(script === undefined ? [] : [script.client.userPoolClientId])],
      emailClaim: EMAIL_CLAIM,
      roles: [roles, ...(script === undefined ? [] : [script.roles])],
    }
    this.dashboard = {
      issuer: pool.userPoolProviderUrl,
      clientId: client.userPoolClientId,
      scopes: PEOPLE_SCOPES.map(({ scopeName }) => scopeName),
      // Cognito's access tokens contain no address, which decisions of reviews are recorded with: ADR 21.
      sends: 'id_token',
      signOutUrl: `${domain.baseUrl()}/logout`,
    }
  }

  /** Tokens of people cannot contain these scopes: their client may not request them. */
  private addScriptClient(
    pool: UserPool,
    access: 'read' | 'read_write',
  ): { client: UserPoolClient; roles: RoleConfig } {
    const read = new ResourceServerScope({ scopeName: 'read', scopeDescription: 'Read everything' })
    const write = new ResourceServerScope({ scopeName: 'write', scopeDescription: 'Read and write everything' })
    const server = pool.addResourceServer('Api', { identifier: API_SCOPES, scopes: [read, write] })
    const client = new UserPoolClient(this, 'Scripts', {
      ...clientDefaults(pool),
      // Scripts have no password. Without an explicit list, Cognito would allow flows with a password.
      authFlows: { userSrp: false },
      generateSecret: true,
      oAuth: {
        flows: { clientCredentials: true },
        scopes: (access === 'read' ? [read] : [read, write]).map((scope) => OAuthScope.resourceServer(server, scope)),
      },
    })
    const claim = {
      claim: 'scope',
      viewer: [`${API_SCOPES}/read`],
      reviewer: [],
      admin: [`${API_SCOPES}/write`],
    }
    return { client, roles: claim }
  }
}

function clientDefaults(userPool: UserPool): UserPoolClientProps {
  return {
    userPool,
    // The one flow that proves a password without sending it. Cognito does not document whether its own pages need it.
    authFlows: { userSrp: true },
    accessTokenValidity: Duration.minutes(15),
    idTokenValidity: Duration.minutes(15),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  }
}
