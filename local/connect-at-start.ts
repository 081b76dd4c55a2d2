import * as z from 'zod'
import type { Integration } from '../shared/integrations/integration.ts'

const problemSchema = z.object({ code: z.string(), detail: z.string() })

/** Posts JSON to a path of the api. */
export type PostJson = (path: string, body: unknown) => Promise<{ status: number; body: unknown }>

/** What is to be connected at the first start. */
export interface FirstConnection {
  /** The provider's id. */
  readonly provider: string
  readonly name: string
  readonly adminKey: string
}

/**
 * Connects an organization at the first start, through the api like anybody else. A refusal is told with its cure, and
 * Rollcall runs on. An organization that is connected already, under this or another name, is left alone.
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

/** Renaming it at one start must not connect it again at the next. */
function isSame({ name, keyHint, lifecycle }: Integration, connection: FirstConnection): boolean {
  return lifecycle === 'visible' && (name === connection.name || keyHint === connection.adminKey.slice(-4))
}
