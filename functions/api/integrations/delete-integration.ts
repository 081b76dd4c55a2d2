import { IntegrationNotFoundError } from '../../../shared/storage/errors.ts'
import type { Integration } from '../../../shared/integrations/integration.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { finishDeletion } from './clean-up.ts'
import { isStorableId } from './visible-integration.ts'

/**
 * Deletes an integration. It is marked first, so no answer shows it from then on. Then its key is destroyed and its name
 * freed, and its data is purged in the background. Repeating the call finishes an interrupted one. Throws `NotFoundError`.
 */
export async function deleteIntegration(deps: ApiDependencies, id: string): Promise<void> {
  const found = isStorableId(id) ? await deps.integrations.findIntegration(id) : undefined
  if (found === undefined || found.lifecycle === 'pending') throw new NotFoundError('integration')
  try {
    const deleting = await deps.integrations.updateIntegration(id, markDeleting)
    await finishDeletion(deleting, deps)
  } catch (error) {
    // Another call deleted it and its purge has ended, so this call's goal is reached.
    if (!(error instanceof IntegrationNotFoundError)) throw error
  }
}

function markDeleting(current: Integration): Integration | undefined {
  return current.lifecycle === 'visible' ? { ...current, lifecycle: 'deleting', waitingSync: null } : undefined
}
