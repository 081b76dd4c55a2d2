import * as z from 'zod'
import { PROVIDER_PROBLEM_CODES, type ProviderProblemCode } from '../../domain/problem.ts'
import type { EarlierItems, ListDataSet } from '../data-set.ts'

/** What providers call the parts of an organization. The plural is regular. */
export const PART_NAMES = ['project', 'workspace'] as const
export type PartName = (typeof PART_NAMES)[number]

/** `admin`: manages the organization and calls no model. The others call models, and are called after the provider's parts. */
export const KEY_KINDS = ['admin', ...PART_NAMES] as const
export type KeyKind = (typeof KEY_KINDS)[number]

export const KEY_OWNER_KINDS = ['user', 'service_account'] as const

interface Named {
  readonly id: string
  readonly name: string | null
}

export interface KeyOwner extends Named {
  readonly kind: (typeof KEY_OWNER_KINDS)[number]
  readonly email: string | null
}

/** A key of the organization as it was listed. Times are ISO 8601 UTC with milliseconds. */
export interface ListedKey {
  readonly kind: KeyKind
  readonly id: string
  /** without what looks like a key. */
  readonly name: string | null
  /** The last four characters. Null unless the provider masks the others. Nothing else of a key is kept. */
  readonly hint: string | null
  /** Null for keys of the whole organization: Admin keys are, and others can be. */
  readonly project: Named | null
  /** Null if the provider names none. */
  readonly owner: KeyOwner | null
  readonly createdAt: string | null
  /** A UTC day. Null if no use is known: of some providers, only that within the window is. */
  readonly lastUsedOn: string | null
  /** False if it is not known whether it was used in the window. */
  readonly isUseKnown: boolean
  /** Null if it never expires. */
  readonly expiresAt: string | null
  /** False when the owner has no access to the project, so the key does not work. */
  readonly isActive: boolean
}

/** Stands for the keys of a project that could not be read, or for the Admin keys. Its keys are those of an earlier reading. */
export interface UnreadKeys {
  readonly kind: 'unread'
  /** Null: the Admin keys. */
  readonly project: Named | null
  readonly code: ProviderProblemCode
  /** When its keys were read (ISO 8601 UTC). Null if none are kept. */
  readonly readAt: string | null
}

export type KeysItem = ListedKey | UnreadKeys

const named = z.object({ id: z.string(), name: z.string().nullable() })

const keysItemSchema: z.ZodType<KeysItem> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(KEY_KINDS),
    id: z.string(),
    name: z.string().nullable(),
    hint: z.string().nullable(),
    project: named.nullable(),
    owner: named.extend({ kind: z.enum(KEY_OWNER_KINDS), email: z.string().nullable() }).nullable(),
    createdAt: z.string().nullable(),
    lastUsedOn: z.string().nullable(),
    isUseKnown: z.boolean(),
    expiresAt: z.string().nullable(),
    isActive: z.boolean(),
  }),
  z.object({
    kind: z.literal('unread'),
    project: named.nullable(),
    code: z.enum(PROVIDER_PROBLEM_CODES),
    readAt: z.string().nullable(),
  }),
])

/** The keys of the organization, whole by project: one that fails keeps the keys of its own last reading. */
export const keys = {
  kind: 'list',
  id: 'keys',
  itemSchema: keysItemSchema,
  idOf: (item: KeysItem) => `${item.kind} ${item.project?.id ?? ''} ${item.kind === 'unread' ? '' : item.id}`,
  complete: withEarlierKeys,
  unreadParts: (items: readonly KeysItem[]) => items.filter(isUnread).map(({ project }) => nameOf(project)),
} as const satisfies ListDataSet<KeysItem>

export function isKey(item: KeysItem): item is ListedKey {
  return item.kind !== 'unread'
}

export function isUnread(item: KeysItem): item is UnreadKeys {
  return item.kind === 'unread'
}

function nameOf(project: Named | null): string {
  return project === null ? 'Admin keys' : (project.name ?? project.id)
}

function withEarlierKeys(read: readonly KeysItem[], { items, syncedAt }: EarlierItems<KeysItem>): KeysItem[] {
  const earlier = Map.groupBy(items, ({ project }) => project?.id ?? null)
  return read.flatMap((item): KeysItem[] => {
    if (isKey(item)) return [item]
    const before = earlier.get(item.project?.id ?? null) ?? []
    const kept = before.filter(isKey)
    const readAt = kept.length === 0 ? null : (before.find(isUnread)?.readAt ?? syncedAt)
    return [...kept, { ...item, readAt }]
  })
}
