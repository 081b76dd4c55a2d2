import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import {
  startSimulatedOrganization,
  type SimulatedOrganization,
} from '../../../infra/local/simulated-organization/server.ts'

/** A key that a person would create after the first one has been revoked. */
export const SECOND_KEY = `sk-admin-${'second'.repeat(7)}`

/** A simulated organization whose Admin key can be revoked while it runs; then `SECOND_KEY` is the one that works. */
export interface RevocableOrganization {
  readonly baseUrl: string
  readonly organization: SimulatedOrganization
  revokeFirstKey(): void
  close(): Promise<void>
}

/** Starts one on a free port. */
export async function startRevocableOrganization(options: { members: number }): Promise<RevocableOrganization> {
  const organization = await startSimulatedOrganization(options)
  let isRevoked = false
  const server = createServer((request, response) => {
    const key = request.headers.authorization?.replace(/^Bearer /, '')
    if (isRevoked && key === organization.adminKey) {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } }))
      return
    }
    const authorization =
      isRevoked && key === SECOND_KEY ? `Bearer ${organization.adminKey}` : request.headers.authorization
    const target = new URL(request.url ?? '/', organization.baseUrl)
    const passed = send(
      target,
      { method: request.method, headers: { ...request.headers, authorization } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      },
    )
    passed.on('error', () => response.destroy())
    request.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The organization has no port.')
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    organization,
    revokeFirstKey: () => {
      isRevoked = true
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await organization.close()
    },
  }
}
