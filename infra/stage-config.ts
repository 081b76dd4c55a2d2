import type { ClaimPath } from '../shared/domain/role.ts'
import type { Schedule } from '../shared/ports/schedules.ts'

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
  /** How far back the table can be restored, 1–35 days. Deleted people stay in its recovery backups for as long. */
  readonly recoveryDays: number
  /** `retain`: table and user pool outlive the stack, and are guarded against deletion. `destroy`: they go with it. */
  readonly removalPolicy: 'retain' | 'destroy'
  /** For the whole API, all callers together. */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number }
  /** One of the numbers of days that CloudWatch Logs offers. */
  readonly logRetentionDays: number
  /** On every resource that can be tagged. */
  readonly tags: Readonly<Record<string, string>>
  /** Where OpenAI's API is reached, by https. */
  readonly openAiBaseUrl: string
}

/** All stages, and the one that is meant when none is named. */
export interface Config {
  readonly defaultStage: string
  readonly stages: Readonly<Record<string, StageConfig>>
}
