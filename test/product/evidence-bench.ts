import * as z from 'zod'
import type { SavedBench } from '../api/api-bench.ts'
import { startOrganizationBench } from '../histories/organization-bench.ts'
import type { ModelPerson } from '../model/organization.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const HOUR_MS = 3_600_000
/** One page of each report. */
const WINDOW_DAYS = 30
const TOKENS = { inputTokens: 10, cachedInputTokens: 1, outputTokens: 2 }

/** Somebody who has an address, a role and no projects. `keyLastUsedAt` is a day. */
export function person(name: string, role = 'reader', keyLastUsedAt: string | null = null): ModelPerson {
  return {
    id: name,
    email: `${name}@acme.example`,
    name,
    role,
    isServiceAccount: false,
    isScimManaged: false,
    enabled: null,
    banned: null,
    addedAt: 1_767_225_600,
    keyLastUsedAt: keyLastUsedAt === null ? null : secondsOf(keyLastUsedAt),
    projects: null,
  }
}

function secondsOf(day: string): number {
  return Date.parse(day) / 1_000
}

/** Ona uses completions, Ima makes images, Kay uses a key, Dee does as the directory says, and Ida nothing. */
const PEOPLE = [
  person('ona', 'owner'),
  person('ima'),
  person('kay'),
  person('dee', 'reader', '2026-11-19'),
  person('ida'),
]
const USAGE = [{ day: '2026-11-23', userId: 'ona', model: 'gpt-5', requests: 4, ...TOKENS }]
export const IMAGES = {
  day: '2026-11-20',
  userId: 'ima',
  kind: 'images',
  model: 'gpt-image-1',
  requests: 1,
  quantity: 3,
}
export const EMBEDDINGS = {
  day: '2026-11-22',
  userId: 'ona',
  kind: 'embeddings',
  model: 'small',
  requests: 7,
  quantity: 0,
}
const KEY_OF_KAY = {
  id: 'key_1',
  name: 'CI',
  secret: `sk-proj-${'x'.repeat(48)}`,
  owner: { type: 'user', id: 'kay', name: 'kay' },
  createdAt: secondsOf('2026-11-01'),
  lastUsedAt: secondsOf('2026-11-18'),
  expiresAt: null,
  hasAccess: true,
} as const

const users = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      license: z.string(),
      lastActiveOn: z.string().nullable(),
      lastActivitySource: z.string().nullable(),
    }),
  ),
  sources: z.array(z.string()),
})
const integration = z.object({ dataSets: z.array(z.looseObject({ id: z.string(), state: z.string() })) })

/** A bench after it was connected. */
interface Connected {
  readonly id: string
  readonly saved: SavedBench
}

/** A simulated organization in which everybody's use is known from another source, over HTTP to the answers. */
export async function startEvidenceBench(connected?: Connected) {
  const bench = await startOrganizationBench({ now: NOW, ...(connected && { from: connected.saved }) })
  Object.assign(bench.api.dependencies, { optionalDataSets: ['other_usage', 'keys'], windowDays: WINDOW_DAYS })
  bench.show({ people: PEOPLE, usage: USAGE, otherUsage: [EMBEDDINGS, IMAGES] })
  bench.openAi.company.replaceProjects([
    { id: 'proj_1', name: 'Search', isArchived: false, keys: [KEY_OF_KAY] },
    { id: 'proj_2', name: 'Support', isArchived: false, keys: [] },
  ])
  let id = connected?.id ?? ''
  const get = async (path: string) => (await bench.api.request('GET', `/integrations/${id}${path}`)).body
  return {
    ...bench,
    id: () => id,
    get,
    connect: async () => {
      ;({ id } = await bench.connect())
      await bench.api.drain()
    },
    syncLater: async (hours = 1) => {
      bench.clock.now = new Date(bench.clock.now.getTime() + hours * HOUR_MS)
      await bench.api.scheduledSync(id)
    },
    /** What is known of everybody's use, beside its sources. */
    evidence: async () => {
      const { items, sources } = users.parse(await get('/users'))
      const known = items.map((user) => [user.id, [user.license, user.lastActiveOn, user.lastActivitySource].join(' ')])
      return { ...Object.fromEntries(known), sources }
    },
    dataSet: async (dataSet: string) => integration.parse(await get('')).dataSets.find((each) => each.id === dataSet),
  }
}

export type EvidenceBench = Awaited<ReturnType<typeof startEvidenceBench>>

let onceConnected: Promise<Connected> | undefined

/** The same, connected as it begins: it syncs once for all benches. */
export async function startConnectedBench(): Promise<EvidenceBench> {
  onceConnected ??= savedOnceConnected()
  return startEvidenceBench(await onceConnected)
}

async function savedOnceConnected(): Promise<Connected> {
  const bench = await startEvidenceBench()
  try {
    await bench.connect()
    return { id: bench.id(), saved: await bench.api.save() }
  } finally {
    await bench.close()
  }
}
