import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import type { OidcIssuer } from '../e2e/oidc-issuer.ts'

const ADMIN = {
  sub: 'admin-1',
  groups: ['rollcall-admin'],
  realm_access: { roles: ['rollcall-admin'] },
  role: 'admin',
  scope: 'rollcall/write',
}
const HOUR_SECONDS = 3_600

/** Invalid tokens with an admin's claims, by what is wrong with them. */
export async function forgedTokens({
  url,
  audience,
}: Pick<OidcIssuer, 'url' | 'audience'>): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1_000)
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const claims = { ...ADMIN, iss: url, aud: audience, iat: now, exp: now + HOUR_SECONDS }
  const publicText = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)))
  const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'none-of-theirs' }).sign(privateKey)
  const unsecured = new UnsecuredJWT(claims).encode()
  return {
    'not a token': 'not-a-token',
    'nothing but dots': '..',
    'alg none': unsecured,
    'alg None': unsecured.replace(/^[^.]+/, base64url({ alg: 'None' })),
    'alg none with a signature': `${unsecured}${signed.split('.')[2]}`,
    'a signature cut off': signed.split('.').slice(0, 2).join('.'),
    'a key that is not the issuer’s': signed,
    'a public key taken for a secret': await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(publicText),
  }
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
