import { once } from 'node:events'
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'
import { principalOf } from '../../../functions/api/http/caller.ts'
import { oidcOrigins, oidcSignIn } from '../../../infra/constructs/sign-in/sign-in.ts'
import { toHttpEvent } from '../../../local/http/http-event.ts'
import { authorizeLikeApiGateway } from '../../sign-in/api-gateway.ts'
import type { Recipe } from '../../sign-in/recipes.ts'
import { TOKENS } from './viewer.ts'

/**
 * Stands before a local server that asks for a token, as a deployment would serve the same build: another `/config.json`, a
 * policy that names the issuer, and calls only with a token that API Gateway would let in, in the role that the api function
 * reads from it.
 */
export async function startDeployedFront(
  url: string,
  recipe: Recipe,
): Promise<{ url: string; close(): Promise<void> }> {
  const { dashboard, tokens } = oidcSignIn(recipe.signIn, recipe.roles)
  const origins = oidcOrigins(recipe.signIn)
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/config.json') return sendJson(response, 200, { signIn: dashboard })
    // Asked for by browsers on their own when they show a file that is no page.
    if (request.url === '/favicon.ico') return void response.writeHead(204).end()
    const headers = await headersFor(request, tokens)
    if (headers === undefined) return sendJson(response, 401, { message: 'Unauthorized' })
    pass(request, response, { target: new URL(request.url ?? '/', url), headers, origins })
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The front has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** What is passed on: of a call, the local token of the caller's role; undefined when there is none. */
async function headersFor(
  request: IncomingMessage,
  tokens: ReturnType<typeof oidcSignIn>['tokens'],
): Promise<Record<string, string | string[] | undefined> | undefined> {
  const { origin: _origin, authorization, ...headers } = request.headers
  if (request.url?.startsWith('/v1/') !== true) return headers
  const claims = await authorizeLikeApiGateway(authorization ?? '', tokens).catch(() => undefined)
  if (claims === undefined) return undefined
  const event = toHttpEvent(request, { sub: '', name: '', role: 'viewer' })
  const jwt = { claims, scopes: [] }
  const requestContext = { ...event.requestContext, authorizer: { ...event.requestContext.authorizer, jwt } }
  const { role } = principalOf({ ...event, requestContext }, tokens.roles)
  const own = TOKENS.find((each) => each.role === role)
  return own && { ...headers, authorization: `Bearer ${own.token}` }
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  to: {
    readonly target: URL
    readonly headers: Record<string, string | string[] | undefined>
    readonly origins: readonly string[]
  },
): void {
  const { target, headers, origins } = to
  const passed = send(target, { method: request.method, headers: { ...headers, host: target.host } }, (answer) => {
    const policy = answer.headers['content-security-policy']
    const named = policy?.toString().replace("connect-src 'self'", ["connect-src 'self'", ...origins].join(' '))
    response.writeHead(answer.statusCode ?? 500, {
      ...answer.headers,
      ...(named !== undefined && { 'content-security-policy': named }),
    })
    answer.pipe(response)
  })
  passed.on('error', () => response.destroy())
  request.pipe(passed)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
