import type { OidcMetadata, UserManager } from 'oidc-client-ts'
import type { DashboardSignIn } from '../../../shared/contracts/dashboard-config.ts'

/**
 * Ends a session here, whatever the issuer answers. Returns the address at which the browser ends the issuer's session.
 * Undefined when the issuer has none. Only the refresh token is revoked: Cognito rejects other tokens, and access
 * tokens expire within minutes. A failed revocation is logged to the browser's console.
 */
export async function endSession(
  manager: UserManager,
  { signIn, homeUrl }: { readonly signIn: DashboardSignIn; readonly homeUrl: string },
): Promise<string | undefined> {
  const user = await manager.getUser()
  const issuer = await describedBy(manager)
  // Issuers may omit the revocation endpoint: https://www.rfc-editor.org/rfc/rfc8414#section-2
  if (issuer.revocation_endpoint !== undefined) await revokeRefreshToken(manager)
  await manager.removeUser()
  const { clientId, signOutUrl } = signIn
  // https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
  if (signOutUrl !== null) return withQuery(signOutUrl, { client_id: clientId, logout_uri: homeUrl })
  if (issuer.end_session_endpoint === undefined) return undefined
  const hint = user?.id_token === undefined ? {} : { id_token_hint: user.id_token }
  // https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
  const parameters = { ...hint, client_id: clientId, post_logout_redirect_uri: homeUrl }
  return withQuery(issuer.end_session_endpoint, parameters)
}

/** The issuer's discovery document. Empty when it cannot be read. */
async function describedBy({ metadataService }: UserManager): Promise<Partial<OidcMetadata>> {
  try {
    return await metadataService.getMetadata()
  } catch (error) {
    console.warn('The issuer does not answer: its session could not be ended.', error)
    return {}
  }
}

async function revokeRefreshToken(manager: UserManager): Promise<void> {
  try {
    await manager.revokeTokens(['refresh_token'])
  } catch (error) {
    console.warn('The issuer did not revoke the refresh token. It stays valid until it expires.', error)
  }
}

function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
