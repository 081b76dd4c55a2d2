import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { flattened, tokenWith } from '../sign-in/api-gateway.ts'
import { eventOf } from './api-event.ts'

/** A request whose token API Gateway has verified. */
export function eventWithToken(claims: Readonly<Record<string, unknown>>): APIGatewayProxyEventV2 {
  const whole = { iss: 'https://id.example.com', ...claims }
  return eventWith(flattened(whole), `Bearer ${tokenWith(whole)}`)
}

/** A request with the claims that API Gateway passes on, if any, and with a header. */
export function eventWith(
  claims: Readonly<Record<string, string>> | undefined,
  authorization: string | undefined,
): APIGatewayProxyEventV2 {
  const headers = authorization === undefined ? {} : { authorization }
  const event = eventOf('GET', { path: '/v1/me', query: '' }, { claims: claims ?? {}, headers })
  if (claims !== undefined) return event
  const { authorizer: _none, ...requestContext } = event.requestContext
  return { ...event, requestContext }
}
