import type { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import type { ClaimPath } from '../../shared/domain/role.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'

/** Which values of which claim of a token make a viewer or an admin. Who has neither has no access. */
export interface RoleConfig {
  /** `'groups'`, or the names that lead to a nested one: `['realm_access', 'roles']`. Its value: a text, or a list of texts. */
  readonly claim: ClaimPath
  readonly viewer: readonly string[]
  readonly admin: readonly string[]
}

/** People are kept in a Cognito user pool of the stack: created by an administrator, TOTP required. */
export interface CognitoSignIn {
  readonly kind: 'cognito'
  /** Gets the invitation to the first account, and may create the others. */
  readonly firstAdministratorEmail: string
  /** Where the sign-in page is: `<domainPrefix>.auth.<region>.amazoncognito.com`. Made from stack and account unless set. */
  readonly domainPrefix?: string | undefined
  /** A client for scripts (client credentials): none unless set. */
  readonly scriptClient?: { readonly access: 'read' | 'read_write' } | undefined
}

/** People sign in with an OIDC issuer that the company has, which signs with RSA. docs/sign-in.md has recipes. */
export interface OidcSignIn {
  readonly kind: 'oidc'
  /** As in the tokens' `iss`, https. */
  readonly issuer: string
  /** What the tokens' `aud` (or `client_id`) may be. */
  readonly audiences: readonly string[]
  /** The public client (PKCE) that the dashboard signs in with. Without, only the API can be used. */
  readonly dashboard?:
    | {
        readonly clientId: string
        readonly scopes: readonly string[]
        /** Sent along when somebody signs in, such as Auth0's `audience`. */
        readonly authorizeParameters?: Readonly<Record<string, string>> | undefined
        /** Where the page fetches tokens, unless that is the issuer's own origin. */
        readonly tokenOrigins?: readonly string[] | undefined
        /** Of a Cognito user pool of your own: its `/logout`, which does not take the standard's parameters. */
        readonly signOutUrl?: string | undefined
      }
    | undefined
}

/** Names of the company's own for the dashboard and the API. docs/deploy.md has the steps, and how certificates are made. */
export interface DomainConfig {
  /** The dashboard's, such as `rollcall.example.com`. */
  readonly name: string
  /** The API's, such as `rollcall-api.example.com`: CloudFront and scripts use it, and the execute-api endpoint is closed. */
  readonly apiName: string
  /** Covers `name`, in us-east-1. Made by the stack if there is a hosted zone and `region` is us-east-1; else required. */
  readonly certificateArn?: string | undefined
  /** Covers `apiName`, in the stack's region. Made by the stack if there is a hosted zone; else required. */
  readonly apiCertificateArn?: string | undefined
  /** A public zone of Route 53, in this account, that both names are in. It gets their records. */
  readonly hostedZone?: { readonly id: string; readonly name: string } | undefined
}

/** Who reaches the site. With either rule, the API refuses every call that did not come through CloudFront. */
export interface AccessConfig {
  /** An existing web ACL for CloudFront (us-east-1). */
  readonly webAclArn?: string | undefined
  /** The only networks that are let in, as CIDR ranges (`203.0.113.0/24`, `2001:db8::/48`) or single addresses. */
  readonly allowedAddresses?: readonly string[] | undefined
  /** The version of the secret that CloudFront sends to the API, after it was rotated by hand (docs/deploy.md). */
  readonly secretVersion?: string | undefined
}

/** What a deployer decides about one stage. */
export interface StageConfig {
  /** Without, the stack is deployed where the AWS command line points at. */
  readonly region?: string | undefined
  /** By name; integrations use the default one unless they name another. */
  readonly schedules: readonly Schedule[]
  /** How many UTC days of usage each sync reads, 1–365. */
  readonly windowDays: number
  /** How long removed people are kept, in days. */
  readonly keepRemovedDays: number
  /** How many syncs may run at the same time, 2–1000. A new AWS account runs ten functions at once, the API’s among them. */
  readonly syncsAtOnce: number
  readonly signIn: CognitoSignIn | OidcSignIn
  readonly roles: RoleConfig
  /** Gets the alarms, after confirming the subscription that AWS sends. Without, the topic has no subscriber. */
  readonly alarmEmail?: string | undefined
  /** An existing SNS topic in the stage’s region that gets the alarms, instead of a topic of the stack’s own. */
  readonly alarmTopicArn?: string | undefined
  /**
   * An existing KMS key in the stage’s region: encrypts the table, the Admin keys’ secrets, the logs, the queues and the
   * stack’s topic. Its policy must let the services use it (docs/deploy.md). Without, AWS’s own keys do.
   */
  readonly kmsKeyArn?: string | undefined
  /** A managed policy that bounds every role of the stack. */
  readonly permissionsBoundaryArn?: string | undefined
  /** The qualifier that the account was bootstrapped with, unless it is CDK’s own (`hnb659fds`). */
  readonly bootstrapQualifier?: string | undefined
  /** How far back the table can be restored, 1–35 days. Deleted people stay in its recovery backups for as long. */
  readonly recoveryDays: number
  /**
   * `retain`: table and user pool outlive the stack, and are guarded against deletion, as is the stack itself (termination
   * protection). `destroy`: they go with it.
   */
  readonly removalPolicy: 'retain' | 'destroy'
  /** For the whole API, all callers together. */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number }
  /** One of the numbers of days that CloudWatch Logs offers. */
  readonly logRetentionDays: number
  /** On every resource that can be tagged. */
  readonly tags: Readonly<Record<string, string>>
  /** The addresses are CloudFront's and API Gateway's own, unless set. */
  readonly domain?: DomainConfig | undefined
  /** Every address may reach the sign-in page and the API, unless set. */
  readonly access?: AccessConfig | undefined
  /** Where CloudFront answers from; North America, Europe and Israel (`PriceClass_100`) unless set. */
  readonly priceClass?: `${PriceClass}` | undefined
  /** Where a provider's API is reached, by its id: a proxy in front of it, say. The provider's own address, unless set. */
  readonly providerBaseUrls?: Readonly<Record<string, string>> | undefined
}

/** All stages, and the one that is meant when none is named. */
export interface Config {
  readonly defaultStage: string
  readonly stages: Readonly<Record<string, StageConfig>>
}
