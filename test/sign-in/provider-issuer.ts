import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { generateKeyPair } from 'jose'
import type { OidcSignIn } from '../../infra/settings/stage-config.ts'
import { answerLikeProvider, KEY, type ProviderState } from './provider-answers.ts'
import type { Provider, SomebodySigningIn } from './providers.ts'

/** A provider on 127.0.0.1 whose sign-in button signs in the configured person. */
export interface ProviderIssuer {
  /** The configuration with addresses of this machine in place of the provider's; paths stay. */
  readonly signIn: OidcSignIn
  /** Those that it has issued. */
  readonly accessTokens: readonly string[]
  readonly idTokens: readonly string[]
  readonly refreshTokens: readonly string[]
  /** Refresh tokens that were given back. */
  readonly revoked: readonly string[]
  /** Who signs in from now on. */
  readonly letIn: (person: SomebodySigningIn) => void
  close(): Promise<void>
}

/** Of all providers of a process, since making them takes long. */
let keys: ReturnType<typeof generateKeyPair> | undefined

/** Starts a provider for a configuration. */
export async function startProviderIssuer(
  provider: Provider,
  signIn: OidcSignIn,
  person: SomebodySigningIn,
): Promise<ProviderIssuer> {
  const here = await listen((request, response) => answerLikeProvider(request, response, state))
  const elsewhere = await listen((request, response) => answerLikeProvider(request, response, state))
  const endpoints = provider.tokensElsewhere === true ? elsewhere.url : here.url
  const state: ProviderState = {
    provider,
    issuer: moved(signIn.issuer, here.url).replace(/\/?$/, provider.issuerEndsWithSlash === true ? '/' : ''),
    endpoints,
    keys: await (keys ??= generateKeyPair(KEY.alg)),
    grants: new Map(),
    accessTokens: [],
    idTokens: [],
    refreshTokens: [],
    revoked: [],
    person,
    isSignedIn: false,
  }
  return {
    signIn: withAddresses(signIn, { issuer: moved(signIn.issuer, here.url), endpoints }),
    accessTokens: state.accessTokens,
    idTokens: state.idTokens,
    refreshTokens: state.refreshTokens,
    revoked: state.revoked,
    letIn: (other) => (state.person = other),
    close: async () => void (await Promise.all([here.close(), elsewhere.close()])),
  }
}

function withAddresses(
  { dashboard, ...signIn }: OidcSignIn,
  { issuer, endpoints }: Pick<ProviderState, 'issuer' | 'endpoints'>,
): OidcSignIn {
  if (dashboard === undefined) return { ...signIn, issuer }
  const { tokenOrigins, signOutUrl, ...rest } = dashboard
  return {
    ...signIn,
    issuer,
    dashboard: {
      ...rest,
      ...(tokenOrigins !== undefined && { tokenOrigins: [endpoints] }),
      ...(signOutUrl !== undefined && { signOutUrl: moved(signOutUrl, endpoints) }),
    },
  }
}

function moved(address: string, origin: string): string {
  return address.replace(new URL(address).origin, origin)
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The issuer has no port.')
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${address.port}`, close }
}
