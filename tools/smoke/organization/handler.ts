import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { SMOKE_MEMBERS } from '../smoke-stage.ts'
import { answerFrom, type OrganizationEvent } from './answer.ts'

let organization: Promise<SimulatedOrganization> | undefined

/** Answers like OpenAI's Admin API. The same seed gives the same people in each instance of the function. */
export async function handler(event: OrganizationEvent): Promise<APIGatewayProxyStructuredResultV2> {
  organization ??= startSimulatedOrganization({ seed: process.env['SEED'] ?? '', members: SMOKE_MEMBERS })
  return answerFrom(await organization, event)
}
