import { normalizeName, type NameHolder } from '../../../shared/storage/names.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { finishDeletion } from './clean-up.ts'

/**
 * After a failure, which may have come after the edit took effect: its note goes, and the name, unless it is the
 * integration's now. A key that was stored all the same is found by its version, by the next sync. When the integration was
 * deleted meanwhile, its deletion is finished, since it waited for this edit.
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
    deps.logger.error('What an edit left behind could not be undone.', error, { integrationId: id })
  }
}
