import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The certificate that a process must trust, by `NODE_EXTRA_CA_CERTS`, to reach the server below. It is valid for
 * nothing else, until 2100.
 */
export const TRUSTED = fileURLToPath(new URL('tls/certificate.pem', import.meta.url))
const KEY = new URL('tls/key.pem', import.meta.url)

/** The name that the server below has a certificate for. */
export const OPENAI_HOST = 'api.openai.example'

/** An HTTPS server on 127.0.0.1 that passes requests on to an HTTP one. */
export async function startTlsServer(upstream: string) {
  const server = createTlsServer({ cert: readFileSync(TRUSTED), key: readFileSync(KEY) }, (request, response) => {
    const { authorization = '' } = request.headers
    fetch(new URL(request.url ?? '/', upstream), { headers: { authorization } })
      .then(async (reply) => response.writeHead(reply.status).end(await reply.text()))
      .catch(() => response.destroy())
  })
  return listening(server)
}

/** A proxy on 127.0.0.1 that tunnels every connection to one port of this machine. */
export async function startConnectProxy(toPort: number) {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(405).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    const tunnel = connect(toPort, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    for (const [from, to] of [[socket, tunnel] as const, [tunnel, socket] as const]) {
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  return { ...(await listening(proxy)), asked }
}

async function listening(server: Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
