import type { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import type { FindingThresholds } from '../../shared/domain/finding.ts'
import type { ClaimPath } from '../../shared/domain/role.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'

/** Which values of which claim of a token grant a role. People without a role have no access. */
export interface RoleConfig {
  /**
   * The claim's name, such as `'groups'`, or the path to a nested one: `['realm_access', 'roles']`. Its value is a text
   * or a list of texts. With Cognito it must be `'cognito:groups'`.
   */
  readonly claim: ClaimPath
  /** Values that grant the viewer role. Required. */
  readonly viewer: readonly string[]
  /** Values that grant the reviewer role, which may also accept findings. Default: `['reviewer']`. */
  readonly reviewer?: readonly string[] | undefined
  /** Values that grant the admin role. Required. */
  readonly admin: readonly string[]
}

/**
 * People sign in with a Cognito user pool of the stack. Administrators create the accounts, and a TOTP device is
 * required.
 */
export interface CognitoSignIn {
  readonly kind: 'cognito'
  /** Receives the invitation to the first account, which may create the others. Required. */
  readonly firstAdministratorEmail: string
  /**
   * The sign-in page is at `<domainPrefix>.auth.<region>.amazoncognito.com`. Default: derived from stack and account.
   */
  readonly domainPrefix?: string | undefined
  /** A client for scripts (client credentials). Default: none. */
  readonly scriptClient?: { readonly access: 'read' | 'read_write' } | undefined
}

/** People sign in with an OIDC issuer of the company, which must sign with RSA. docs/sign-in.md has recipes. */
export interface OidcSignIn {
  readonly kind: 'oidc'
  /** The `iss` of the tokens, an https address. Required. */
  readonly issuer: string
  /** The accepted values of the tokens' `aud` or `client_id`. Required. */
  readonly audiences: readonly string[]
  /**
   * The claim with a person's address, or the path to a nested one. Nobody decides in reviews without an address.
   * Default: `email`.
   */
  readonly emailClaim?: ClaimPath | undefined
  /** The public client (PKCE) that the dashboard signs in with. Default: none, and only the API can be used. */
  readonly dashboard?:
    | {
        readonly clientId: string
        readonly scopes: readonly string[]
        /** Additional parameters of the sign-in request, such as Auth0's `audience`. Default: none. */
        readonly authorizeParameters?: Readonly<Record<string, string>> | undefined
        /**
         * The token that the page calls the API with. An ID token is for issuers whose access tokens contain no address,
         * such as Cognito. Default: `access_token`.
         */
        readonly sends?: 'access_token' | 'id_token' | undefined
        /** Origins where the page fetches tokens. Default: the issuer's own origin. */
        readonly tokenOrigins?: readonly string[] | undefined
        /**
         * The `/logout` address of a Cognito user pool of your own, which does not accept the standard's parameters.
         * Default: the issuer's end-session endpoint.
         */
        readonly signOutUrl?: string | undefined
      }
    | undefined
}

/**
 * The company's own domain names for the dashboard and the API. docs/deploy.md has the steps, and how certificates are
 * made.
 */
export interface DomainConfig {
  /** The dashboard's name, such as `rollcall.example.com`. Required. */
  readonly name: string
  /**
   * The API's name, such as `rollcall-api.example.com`, which CloudFront and scripts use. The execute-api endpoint is
   * closed. Required.
   */
  readonly apiName: string
  /**
   * A certificate for `name`, in us-east-1. Default: created by the stack, which needs a hosted zone and the region
   * us-east-1.
   */
  readonly certificateArn?: string | undefined
  /** A certificate for `apiName`, in the stack's region. Default: created by the stack, which needs a hosted zone. */
  readonly apiCertificateArn?: string | undefined
  /**
   * A public Route 53 zone in this account that contains both names and gets their records. Default: none; the stack's
   * outputs name the targets.
   */
  readonly hostedZone?: { readonly id: string; readonly name: string } | undefined
}

/** Who can reach the site. With either rule, the API refuses every call that did not come through CloudFront. */
export interface AccessConfig {
  /** An existing web ACL for CloudFront (us-east-1). Default: none. */
  readonly webAclArn?: string | undefined
  /**
   * The only networks that are admitted, as CIDR ranges (`203.0.113.0/24`, `2001:db8::/48`) or single addresses.
   * Default: all.
   */
  readonly allowedAddresses?: readonly string[] | undefined
  /**
   * The version of the secret that CloudFront sends to the API, after a manual rotation (docs/deploy.md). Default: the
   * generated version.
   */
  readonly secretVersion?: string | undefined
}

/**
 * The deployer's settings for one stage. Fields without a default are required; `infra/config.ts` sets them for its
 * stages.
 */
export interface StageConfig {
  /** The AWS region. Default: the region of the AWS command line. */
  readonly region?: string | undefined
  /** The schedules by name. Integrations use the default schedule unless they name another. Required. */
  readonly schedules: readonly Schedule[]
  /** How many UTC days of usage each sync reads, 1–365. Required; 60 in `infra/config.ts`. */
  readonly windowDays: number
  /** How long removed people are kept, in days. Required; 60 in `infra/config.ts`. */
  readonly keepRemovedDays: number
  /** How long completed reviews are kept, in days, 30–3650. Required; 400 in `infra/config.ts`. */
  readonly keepReviewsDays: number
  /**
   * The optional data sets that syncs read, by id. The next sync removes the data of one that is left out. Default: all that
   * the providers have, except for `logins`.
   */
  readonly optionalDataSets?: readonly string[] | undefined
  /** From which age or amount on there is a finding. Default of each: `DEFAULT_THRESHOLDS`. */
  readonly findings?: Partial<FindingThresholds> | undefined
  /**
   * The most syncs that run at the same time, 2–1000. A new AWS account runs ten functions at once, including the
   * API's. Required.
   */
  readonly syncsAtOnce: number
  /** How people and scripts sign in. Required. */
  readonly signIn: CognitoSignIn | OidcSignIn
  /** Which claim values grant a role. Required. */
  readonly roles: RoleConfig
  /** Receives the alarms, after confirming the subscription that AWS sends. Default: the topic has no subscriber. */
  readonly alarmEmail?: string | undefined
  /** An existing SNS topic in the stage's region that receives the alarms. Default: a topic of the stack. */
  readonly alarmTopicArn?: string | undefined
  /**
   * An existing KMS key in the stage's region. It encrypts the table, the Admin keys' secrets, the logs, the queues and
   * the stack's topic. Its policy must allow the services to use it (docs/deploy.md). Default: AWS's own keys.
   */
  readonly kmsKeyArn?: string | undefined
  /** A managed policy that bounds every role of the stack. Default: none. */
  readonly permissionsBoundaryArn?: string | undefined
  /** The qualifier that the account was bootstrapped with. Default: CDK's own (`hnb659fds`). */
  readonly bootstrapQualifier?: string | undefined
  /**
   * How many days back the table can be restored, 1–35. Deleted people stay in its recovery backups for as long.
   * Required.
   */
  readonly recoveryDays: number
  /**
   * `retain`: table and user pool survive the stack, and the table, the pool and the stack itself are guarded against
   * deletion (termination protection). `destroy`: they are deleted with it. Required.
   */
  readonly removalPolicy: 'retain' | 'destroy'
  /** Limits for the whole API, all callers together. Required. */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number }
  /** One of the retention periods of CloudWatch Logs, in days. Required. */
  readonly logRetentionDays: number
  /** Tags for every resource that supports them. Required; may be empty. */
  readonly tags: Readonly<Record<string, string>>
  /** The company's own domain names. Default: the generated names of CloudFront and API Gateway. */
  readonly domain?: DomainConfig | undefined
  /** Who can reach the site and the API. Default: every address. */
  readonly access?: AccessConfig | undefined
  /** The CloudFront locations that serve the site. Default: North America, Europe and Israel (`PriceClass_100`). */
  readonly priceClass?: `${PriceClass}` | undefined
  /**
   * Base URLs of providers' APIs, by provider id, such as those of a proxy. https only. Default: each provider's own
   * address.
   */
  readonly providerBaseUrls?: Readonly<Record<string, string>> | undefined
}

/** All stages. */
export interface Config {
  /** The stage to use when none is named. */
  readonly defaultStage: string
  /** The stages by name. */
  readonly stages: Readonly<Record<string, StageConfig>>
}
