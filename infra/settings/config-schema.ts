import { PriceClass } from 'aws-cdk-lib/aws-cloudfront'
import * as z from 'zod'
import { PROVIDER_IDS } from '../../shared/providers/find-provider.ts'
import { accountFields, checkAccountFields } from './account-schema.ts'
import { issuerMistake } from './issuer-mistakes.ts'
import { schedulesSchema } from './schedule-schema.ts'
import { accessSchema, checkDomain, domainSchema } from './site-schema.ts'
import { OPTIONAL_DATA_SETS } from '../../shared/providers/find-provider.ts'
import type { Config, StageConfig } from './stage-config.ts'
import { tagsSchema } from './tags-schema.ts'

/**
 * The retention periods of CloudWatch Logs.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** The claim that contains the groups in Cognito's tokens. */
const COGNITO_CLAIM = 'cognito:groups'

/**
 * The characters that Cognito accepts in a group name, except the slash, which CDK reserves.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
 */
const GROUP_NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html */
const DOMAIN_PREFIX = /^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/

/** The limit of a JWT authorizer: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const AUDIENCES_AT_MOST = 50

/** The content security policy lists them, and CloudFront limits its length. */
const TOKEN_ORIGINS_AT_MOST = 10

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

const text = z.string().min(1, 'must not be empty')
const providerId = z
  .string()
  .refine((id) => PROVIDER_IDS.includes(id), `must be the id of a provider: ${PROVIDER_IDS.join(', ')}`)
const email = z.email('must be an email address')
const texts = z.array(text)
const claim = z.union([text, texts.min(1, 'must name a claim')], {
  error: 'must be a claim’s name, or the names that lead to it, such as [realm_access, roles]',
})

/** The parameters that the dashboard sends itself: https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest */
const OWN_PARAMETERS = [
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'redirect_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
]
const authorizeParameters = z.record(
  text.refine((name) => !OWN_PARAMETERS.includes(name), 'is sent by the dashboard itself'),
  z.string(),
)

/** True when Cognito accepts the prefix for a sign-in page. */
export function isDomainPrefix(prefix: string): boolean {
  return DOMAIN_PREFIX.test(prefix)
}

const rolesSchema = z
  .strictObject({ claim, viewer: texts, admin: texts.min(1, 'must name a value, or nobody could write') })
  .superRefine(({ viewer, admin }, context) => {
    const seen = new Set<string>()
    for (const [role, values] of Object.entries({ viewer, admin })) {
      values.forEach((value, index) => {
        if (seen.has(value)) {
          context.addIssue({ code: 'custom', path: [role, index], message: `“${value}” is listed twice` })
        }
        seen.add(value)
      })
    }
  })

/** An https address. With an AWS emulator, an address of this machine is accepted too. */
function address(onEmulator: boolean): z.ZodType<string> {
  return z
    .string()
    .refine(
      (value) => isBaseUrl(value, onEmulator),
      onEmulator
        ? 'must be an https address (http only on this machine)'
        : 'must be an https address that AWS can reach',
    )
}

function signInSchema(onEmulator: boolean) {
  const origin = z
    .string()
    .refine(
      (value) => isBaseUrl(value, onEmulator) && URL.parse(value)?.origin === value,
      'must be an origin, such as https://id.example.com',
    )
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('cognito'),
      firstAdministratorEmail: email,
      domainPrefix: z.string().refine(isDomainPrefix, 'is not a prefix that Cognito accepts').optional(),
      scriptClient: z.strictObject({ access: z.enum(['read', 'read_write']) }).optional(),
    }),
    z.strictObject({
      kind: z.literal('oidc'),
      issuer: address(onEmulator),
      audiences: texts
        .min(1, 'must name an audience')
        .max(AUDIENCES_AT_MOST, `must name ${AUDIENCES_AT_MOST} audiences at most`),
      dashboard: z
        .strictObject({
          clientId: text,
          scopes: texts,
          authorizeParameters: authorizeParameters.optional(),
          tokenOrigins: z
            .array(origin)
            .max(TOKEN_ORIGINS_AT_MOST, `must name ${TOKEN_ORIGINS_AT_MOST} origins at most`)
            .optional(),
          signOutUrl: address(onEmulator).optional(),
        })
        .optional(),
    }),
  ])
}

/** One stage, deployed to AWS or to an AWS emulator. */
export function stageSchema({ onEmulator }: { readonly onEmulator: boolean }): z.ZodType<StageConfig> {
  return z
    .strictObject({
      ...accountFields,
      schedules: schedulesSchema,
      windowDays: z.int().min(1).max(365),
      keepRemovedDays: z.int().min(1).max(3650),
      optionalDataSets: z.array(z.enum(OPTIONAL_DATA_SETS)).optional(),
      syncsAtOnce: z.int().min(2).max(1000),
      signIn: signInSchema(onEmulator),
      roles: rolesSchema,
      alarmEmail: email.optional(),
      recoveryDays: z.int().min(1).max(35),
      removalPolicy: z.enum(['retain', 'destroy']),
      throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
      logRetentionDays: z.int().refine((days) => LOG_RETENTION_DAYS.includes(days), {
        error: `must be one of ${LOG_RETENTION_DAYS.join(', ')}`,
      }),
      tags: tagsSchema,
      domain: domainSchema.optional(),
      access: accessSchema.optional(),
      priceClass: z.enum(PriceClass).optional(),
      providerBaseUrls: z.record(providerId, address(onEmulator)).optional(),
    })
    .superRefine(checkCognitoRoles)
    .superRefine(checkAccountFields)
    .superRefine(checkDomain)
    .superRefine(checkIssuer)
}

/** With Cognito, groups are in one fixed claim, and group names are restricted. */
function checkCognitoRoles({ signIn, roles }: Pick<StageConfig, 'signIn' | 'roles'>, context: z.RefinementCtx): void {
  if (signIn.kind !== 'cognito') return
  if (roles.claim !== COGNITO_CLAIM) {
    const message = `must be “${COGNITO_CLAIM}” when people sign in with Cognito`
    context.addIssue({ code: 'custom', path: ['roles', 'claim'], message })
  }
  for (const role of ['viewer', 'admin'] as const) {
    roles[role].forEach((group, index) => {
      if (GROUP_NAME.test(group) && !group.includes('/')) return
      const message = `“${group}” is not a valid Cognito group: at most 128 characters, no spaces and no slashes`
      context.addIssue({ code: 'custom', path: ['roles', role, index], message })
    })
  }
}

/** Rejects settings of known issuers that would deploy but let nobody sign in. */
function checkIssuer({ signIn }: Pick<StageConfig, 'signIn'>, context: z.RefinementCtx): void {
  const mistake = signIn.kind === 'oidc' ? issuerMistake(signIn) : undefined
  if (mistake !== undefined) context.addIssue({ code: 'custom', path: [...mistake.path], message: mistake.message })
}

export const configSchema: z.ZodType<Config> = z
  .strictObject({
    defaultStage: z.string(),
    stages: z.record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,19}$/, 'a stage’s name must consist of lower case letters, digits and hyphens'),
      stageSchema({ onEmulator: false }),
    ),
  })
  .refine(({ defaultStage, stages }) => Object.hasOwn(stages, defaultStage), {
    path: ['defaultStage'],
    error: 'must be the name of a stage',
  })

function isBaseUrl(value: string, onEmulator: boolean): boolean {
  const url = URL.parse(value)
  if (url === null || url.username !== '' || url.search !== '') return false
  const isHere = LOOPBACK.has(url.hostname)
  if (isHere) return onEmulator && ['http:', 'https:'].includes(url.protocol)
  return url.protocol === 'https:'
}
