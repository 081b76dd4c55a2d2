import { once } from 'node:events'
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http'

/** Stands before the local server as a deployment would serve the same build: another `/config.json`, and a policy that names the issuer. */
export async function startDeployedFront(options: {
  readonly url: string
  readonly signIn: {
    readonly issuer: string
    readonly clientId: string
    readonly scopes: readonly string[]
    readonly signOutUrl: null
  }
}): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url === '/config.json') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ signIn: options.signIn }))
      return
    }
    // Asked for by browsers on their own when they show a file that is no page.
    if (request.url === '/favicon.ico') return void response.writeHead(204).end()
    pass(request, response, options.url, options.signIn.issuer)
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

function pass(request: IncomingMessage, response: ServerResponse, url: string, issuer: string): void {
  const target = new URL(request.url ?? '/', url)
  const { origin: _origin, ...headers } = request.headers
  const passed = send(target, { method: request.method, headers: { ...headers, host: target.host } }, (answer) => {
    const policy = answer.headers['content-security-policy']
    const named = policy?.toString().replace("connect-src 'self'", `connect-src 'self' ${issuer}`)
    response.writeHead(answer.statusCode ?? 500, {
      ...answer.headers,
      ...(named !== undefined && { 'content-security-policy': named }),
    })
    answer.pipe(response)
  })
  passed.on('error', () => response.destroy())
  request.pipe(passed)
}
