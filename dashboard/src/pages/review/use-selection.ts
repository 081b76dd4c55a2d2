import { useState } from 'react'

/** The selected items. Other filters begin without a selection: nothing that is out of the list stays selected. */
export function useSelection(filters: string) {
  const [selection, setSelection] = useState<{ readonly of: string; readonly ids: ReadonlySet<string> }>()
  const ids = selection?.of === filters ? selection.ids : NONE
  const select = (chosen: Iterable<string>) => setSelection({ of: filters, ids: new Set(chosen) })
  return {
    ids,
    select,
    toggle: (id: string) => select(ids.has(id) ? [...ids].filter((each) => each !== id) : [...ids, id]),
    clear: () => setSelection(undefined),
  }
}

export type Selection = ReturnType<typeof useSelection>

const NONE: ReadonlySet<string> = new Set()
