import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { WireProblem } from '../../shared/contracts/problem-contract.ts'
import type { AccessToken } from '../settings/settings.ts'
import type { LocalClaims } from './http-event.ts'

/** Why a request is not answered. */
export type Refusal = Pick<WireProblem, 'code' | 'detail' | 'errors'>

/** Clients omit this port from Host and Origin. */
const HTTP_PORT = 80

/** Refuses calls from pages of other sites, including sites whose name resolves to this machine. */
export function refusalOf(request: IncomingMessage): Refusal | undefined {
  const port = request.socket.localPort
  const names = ['127.0.0.1', 'localhost', '[::1]']
  const hosts = [...names.map((name) => `${name}:${port}`), ...(port === HTTP_PORT ? names : [])]
  const { host, origin } = request.headers
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    return { code: 'forbidden', detail: 'Rollcall answers only to its own address on this machine.' }
  }
  if (origin !== undefined && !hosts.some((own) => origin.toLowerCase() === `http://${own}`)) {
    return { code: 'forbidden', detail: 'Pages of other origins may not call Rollcall.' }
  }
  return undefined
}

/** The claims that API Gateway would pass on for a valid token. Undefined when a required token is missing. */
export function claimsOf(
  request: IncomingMessage,
  tokens: readonly AccessToken[] | undefined,
): LocalClaims | undefined {
  if (tokens === undefined) return { sub: 'local', name: 'Local user', role: 'admin' }
  const given = /^bearer +(.*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const granted = tokens.filter(({ token }) => isSame(given, token))[0]
  if (granted === undefined) return undefined
  return { sub: `token-${granted.role}`, name: `Holder of the ${granted.role} token`, role: granted.role }
}

/** Compares digests, so the timing reveals neither the token nor its length. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
