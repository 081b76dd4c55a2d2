import * as z from 'zod'
import type { Integration } from '../shared/integrations/integration.ts'

const problemSchema = z.object({ code: z.string(), detail: z.string() })

/** Posts JSON to a path of the api. */
export type PostJson = (path: string, body: unknown) => Promise<{ status: number; body: unknown }>

/** An organization to connect at the first start. */
export interface FirstConnection {
  /** The provider's id. */
  readonly provider: string
  readonly name: string
  readonly adminKey: string
}

/**
 * Connects an organization at the first start, through the API like any client. A refusal is printed with its fix, and
 * Rollcall keeps running. An organization that is already connected, under this or another name, is left as it is.
 */
export async function connectAtStart(
  connection: FirstConnection,
  stored: readonly Integration[],
  postJson: PostJson,
  write: (line: string) => void,
): Promise<void> {
  if (stored.some((integration) => isSame(integration, connection))) return
  write(`Connecting ${connection.name} …`)
  const { status, body } = await postJson('/v1/integrations', {
    provider: connection.provider,
    name: connection.name,
    adminApiKey: connection.adminKey,
  })
  if (status === 201) return
  const problem = problemSchema.safeParse(body)
  write(`! ${connection.name} was not connected: ${problem.success ? problem.data.detail : `status ${status}`}`)
}

/** An integration that was renamed must not be connected again at the next start. */
function isSame({ provider, name, keyHint, lifecycle }: Integration, connection: FirstConnection): boolean {
  if (lifecycle !== 'visible' || provider !== connection.provider) return false
  return name === connection.name || keyHint === connection.adminKey.slice(-4)
}
