/** A workspace as Anthropic lists it. */
export interface SimulatedWorkspace {
  readonly id: string
  readonly name: string
  readonly isDefault: boolean
  /** RFC 3339. Null: not archived. */
  readonly archived_at: string | null
}

export const DEFAULT_WORKSPACE = 'wrkspc_01default'

export const WORKSPACES: readonly SimulatedWorkspace[] = [
  { id: DEFAULT_WORKSPACE, name: 'Default', isDefault: true, archived_at: null },
  { id: 'wrkspc_01search', name: 'Search', isDefault: false, archived_at: null },
  { id: 'wrkspc_01support', name: 'Support', isDefault: false, archived_at: null },
  { id: 'wrkspc_01research', name: 'Research', isDefault: false, archived_at: null },
  { id: 'wrkspc_01prototype', name: 'Prototype', isDefault: false, archived_at: '2026-04-10T09:30:00Z' },
]
