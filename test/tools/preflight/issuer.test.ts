import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, expect, test } from '@jest/globals'
import { issuer } from '../../../tools/preflight/issuer-check.ts'
import type { OidcSignIn } from '../../../infra/settings/stage-config.ts'
import { aStage } from '../../infra/stacks.ts'
import { startProviderIssuer } from '../../sign-in/provider-issuer.ts'
import { PROVIDERS } from '../../sign-in/providers.ts'
import { recipeOf } from '../../sign-in/recipes.ts'
import { anAccount } from './fake-account.ts'

const RSA = { kty: 'RSA', kid: '1', use: 'sig', alg: 'RS256' }
const ADA = { subject: 'ada-1', name: 'Ada', email: 'ada@example.com', roles: [] }
const DASHBOARD = { clientId: 'dashboard', scopes: ['openid'] }

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

/** What the check says of a configuration. */
async function lineOf(signIn: OidcSignIn): Promise<string> {
  const preflight = { stage: 'prod', stackName: 'Rollcall-prod', region: 'eu-central-1', account: anAccount() }
  const found = await issuer.run({ ...preflight, config: aStage({ signIn }) })
  return found === undefined ? 'none' : `${found.kind}: ${found.text}`
}

/** An issuer with these keys, and with what its discovery document says otherwise; `{url}` stands for its address. */
async function startIssuer(
  keys: unknown,
  discovery: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const server = createServer((request, response) => {
    const document = {
      issuer: url,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      ...discovery,
    }
    if (request.url === '/keys') return void response.end(JSON.stringify(keys))
    if (request.url !== '/.well-known/openid-configuration') return void response.writeHead(404).end()
    response.end(JSON.stringify(document).replaceAll('{url}', url))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return url
}

function oidc(issuer: string, dashboard?: OidcSignIn['dashboard']): OidcSignIn {
  return { kind: 'oidc', issuer, audiences: ['rollcall'], dashboard }
}

test.each(PROVIDERS)('With the recipe for $name nothing is missing', async (provider) => {
  const started = await startProviderIssuer(provider, recipeOf(provider.name).signIn, ADA)
  close = () => started.close()
  expect(await lineOf(started.signIn)).toBe('ok: its discovery document and RSA keys can be read from here')
})

test('With Cognito there is nothing to check', async () => {
  const { signIn: _issuer, ...cognito } = aStage()
  const preflight = { stage: 'prod', stackName: 'Rollcall-prod', region: 'eu-central-1', account: anAccount() }
  expect(await issuer.run({ ...preflight, config: { ...aStage(), ...cognito } })).toBeUndefined()
})

test.each([
  ['of elliptic curves', { kty: 'EC', kid: '1', use: 'sig', alg: 'ES256' }],
  ['for encryption', { ...RSA, use: 'enc', alg: 'RSA-OAEP' }],
  ['without an id', { kty: 'RSA' }],
  ['for PSS alone', { ...RSA, alg: 'PS256' }],
])('For an issuer whose only key is %s, signing with RS256 is required', async (_, key) => {
  expect(await lineOf(oidc(await startIssuer({ keys: [key] })))).toBe(
    'missing: it publishes no RSA key for signatures, and API Gateway accepts no others: configure RS256',
  )
})

test('One signature key among others is enough, even without a declared use', async () => {
  const url = await startIssuer({
    keys: [
      { kty: 'EC', kid: '0' },
      { kty: 'RSA', kid: '1' },
    ],
  })
  expect(await lineOf(oidc(url))).toMatch(/^ok: /)
})

test('A different issuer name is reported, even if only a slash differs', async () => {
  const url = await startIssuer({ keys: [RSA] }, { issuer: '{url}/' })
  expect(await lineOf(oidc(url))).toBe(
    `missing: its issuer is ${url}/: set signIn.issuer to exactly that, including slashes`,
  )
})

test.each(['token_endpoint', 'revocation_endpoint'])(
  'A %s on another origin must be in tokenOrigins',
  async (endpoint) => {
    const url = await startIssuer({ keys: [RSA] }, { [endpoint]: 'https://tokens.example.com/x' })
    const tokenOrigins = ['https://other.example.com']
    expect(await lineOf(oidc(url, { ...DASHBOARD, tokenOrigins }))).toBe(
      "missing: its token or revocation endpoint is on another origin: set signIn.dashboard.tokenOrigins to ['https://other.example.com', 'https://tokens.example.com']",
    )
    expect(await lineOf(oidc(url))).toMatch(/^ok: /)
  },
)

test('An address without a discovery document is reported', async () => {
  const url = await startIssuer({ keys: [RSA] })
  expect(await lineOf(oidc(`${url}/elsewhere`))).toBe(
    `missing: ${url}/elsewhere/.well-known/openid-configuration answers 404: check signIn.issuer`,
  )
})

test('Invalid keys are reported', async () => {
  const url = await startIssuer('<html>')
  expect(await lineOf(oidc(url))).toBe(
    `missing: ${url}/keys is not a valid OpenID Connect discovery document: check signIn.issuer`,
  )
})

test('An issuer that cannot be reached from here is not checked, because AWS may reach it', async () => {
  const url = await startIssuer({ keys: [RSA] })
  await close?.()
  close = undefined
  expect(await lineOf(oidc(url))).toBe(
    `not checked: ${url}/.well-known/openid-configuration cannot be reached from here: AWS must reach it`,
  )
})
