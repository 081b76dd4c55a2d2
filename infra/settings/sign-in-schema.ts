import * as z from 'zod'
import { ROLES } from '../../shared/domain/role.ts'
import { addressSchema, isBaseUrl } from './address-schema.ts'
import { issuerMistake } from './issuer-mistakes.ts'
import type { StageConfig } from './stage-config.ts'

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

const text = z.string().min(1, 'must not be empty')
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

export const rolesSchema = z
  .strictObject({
    claim,
    viewer: texts,
    reviewer: texts.default(['reviewer']),
    admin: texts.min(1, 'must name a value, or nobody could write'),
  })
  .superRefine(({ viewer, reviewer, admin }, context) => {
    const seen = new Set<string>()
    for (const [role, values] of Object.entries({ viewer, reviewer, admin })) {
      values.forEach((value, index) => {
        if (seen.has(value)) {
          context.addIssue({ code: 'custom', path: [role, index], message: `“${value}” is listed twice` })
        }
        seen.add(value)
      })
    }
  })

/** How people sign in. */
export function signInSchema(onEmulator: boolean) {
  const origin = z
    .string()
    .refine(
      (value) => isBaseUrl(value, onEmulator) && URL.parse(value)?.origin === value,
      'must be an origin, such as https://id.example.com',
    )
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('cognito'),
      firstAdministratorEmail: z.email('must be an email address'),
      domainPrefix: z.string().refine(isDomainPrefix, 'is not a prefix that Cognito accepts').optional(),
      scriptClient: z.strictObject({ access: z.enum(['read', 'read_write']) }).optional(),
    }),
    z.strictObject({
      kind: z.literal('oidc'),
      issuer: addressSchema(onEmulator),
      audiences: texts
        .min(1, 'must name an audience')
        .max(AUDIENCES_AT_MOST, `must name ${AUDIENCES_AT_MOST} audiences at most`),
      emailClaim: claim.optional(),
      dashboard: z
        .strictObject({
          clientId: text,
          scopes: texts,
          authorizeParameters: authorizeParameters.optional(),
          sends: z.enum(['access_token', 'id_token']).optional(),
          tokenOrigins: z
            .array(origin)
            .max(TOKEN_ORIGINS_AT_MOST, `must name ${TOKEN_ORIGINS_AT_MOST} origins at most`)
            .optional(),
          signOutUrl: addressSchema(onEmulator).optional(),
        })
        .optional(),
    }),
  ])
}

/** With Cognito, groups are in one fixed claim, and group names are restricted. */
export function checkCognitoRoles(
  { signIn, roles }: Pick<StageConfig, 'signIn' | 'roles'>,
  context: z.RefinementCtx,
): void {
  if (signIn.kind !== 'cognito') return
  if (roles.claim !== COGNITO_CLAIM) {
    const message = `must be “${COGNITO_CLAIM}” when people sign in with Cognito`
    context.addIssue({ code: 'custom', path: ['roles', 'claim'], message })
  }
  for (const role of ROLES) {
    ;(roles[role] ?? []).forEach((group, index) => {
      if (GROUP_NAME.test(group) && !group.includes('/')) return
      const message = `“${group}” is not a valid Cognito group: at most 128 characters, no spaces and no slashes`
      context.addIssue({ code: 'custom', path: ['roles', role, index], message })
    })
  }
}

/** Rejects settings of known issuers that would deploy but let nobody sign in. */
export function checkIssuer({ signIn }: Pick<StageConfig, 'signIn'>, context: z.RefinementCtx): void {
  const mistake = signIn.kind === 'oidc' ? issuerMistake(signIn) : undefined
  if (mistake !== undefined) context.addIssue({ code: 'custom', path: [...mistake.path], message: mistake.message })
}
