import { normalizeName, type NameHolder } from '../../../shared/storage/names.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { finishDeletion } from './clean-up.ts'

/**
 * Undoes an edit after a failure, even one that came after the edit took effect. Removes the recorded edit, and frees the
 * name unless the integration uses it now. If the key was stored, the next sync recognizes it by its version. If the
 * integration was deleted meanwhile, the deletion is finished, since it waited for this edit.
 */
export async function undoEdit(
  deps: ApiDependencies,
  edit: { id: string; editId: string; name: string | undefined; reserved: NameHolder | undefined },
): Promise<void> {
  const { id, editId, name, reserved } = edit
  try {
    const current = await deps.integrations.updateIntegration(id, (latest) =>
      latest.pendingEdit?.id === editId ? { ...latest, pendingEdit: null } : undefined,
    )
    const isInEffect = name !== undefined && normalizeName(current.name) === normalizeName(name)
    if (name !== undefined && reserved !== undefined && !isInEffect) await deps.names.releaseName(name, reserved)
    if (current.lifecycle === 'deleting') await finishDeletion(current, deps)
  } catch (error) {
    deps.logger.error('An edit could not be undone.', error, { integrationId: id })
  }
}
