import type { Integration } from '../../../shared/integrations/integration.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'

/** Returns a visible integration. Throws `NotFoundError` if it does not exist, or is being connected or deleted. */
export async function getVisibleIntegration(
  deps: Pick<ApiDependencies, 'integrations'>,
  id: string,
): Promise<Integration> {
  const integration = isStorableId(id) ? await deps.integrations.findIntegration(id) : undefined
  if (integration?.lifecycle !== 'visible') throw new NotFoundError('integration')
  return integration
}

/** Rollcall's ids are ULIDs. Other ids are not looked up. */
export function isStorableId(id: string): boolean {
  return /^[0-9A-Z]{26}$/i.test(id)
}
