import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type SimulatedOrganization, startSimulatedOrganization } from '../../../local/simulated-openai/server.ts'
import { secretOf, type SimulatedKey, type SimulatedProject } from '../../../local/simulated-openai/project-keys.ts'
import { AS_DOCUMENTED } from '../../../local/simulated-openai/switches.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { isKey, isUnread, keys } from '../../../shared/data-sets/keys/keys.ts'
import { hintOf } from '../../../shared/providers/text/masked-key.ts'
import { projectKeyListSchema } from '../../../shared/providers/openai/schemas.ts'
import { openOrganization } from './openai-bench.ts'
import { NOW, rejectionOf } from '../scripted-server.ts'

let organization: SimulatedOrganization
beforeAll(async () => {
  organization = await startSimulatedOrganization({ members: 12, now: () => NOW })
})
afterAll(() => organization.close())
beforeEach(() => {
  organization.set(AS_DOCUMENTED)
  organization.requests.length = 0
})

const open = (key = organization.adminKey) =>
  openOrganization(organization.baseUrl, { key: new AdminApiKey(key) }).organization
const read = () => open().lists.keys.read()

function aKey(id: string, overrides: Partial<SimulatedKey> = {}): SimulatedKey {
  return {
    id,
    name: `Key ${id}`,
    secret: secretOf(id),
    owner: { type: 'user', id: 'ana', name: 'Ana' },
    createdAt: 1_767_225_600,
    lastUsedAt: 1_772_323_200,
    expiresAt: null,
    hasAccess: true,
    ...overrides,
  }
}

function aProject(number: number, ownKeys: readonly SimulatedKey[]): SimulatedProject {
  return { id: `proj_${number}`, name: `Project ${number}`, isArchived: false, keys: ownKeys }
}

describe('200 projects with 2,000 keys, of which two projects fail,', () => {
  const ownKeys = (project: number) => Array.from({ length: 10 }, (_, index) => aKey(`key_${project}_${index}`))
  const projects = Array.from({ length: 200 }, (_, index) => aProject(index, ownKeys(index)))

  test('are read but for the two, which are named, with a request a project and few at once', async () => {
    organization.company.replaceProjects(projects)
    organization.set({ failingProjects: { proj_7: 404, proj_150: 400 } })
    const progress: [number, number | null][] = []
    const reading = await open().lists.keys.read((...done) => progress.push(done))
    expect(reading).toMatchObject({ rows: 1_983, isComplete: false })
    expect(reading.items.filter(isKey)).toHaveLength(1_983)
    expect(reading.items.filter(isUnread)).toEqual([
      { kind: 'unread', project: { id: 'proj_7', name: 'Project 7' }, code: 'unexpected_reply', readAt: null },
      { kind: 'unread', project: { id: 'proj_150', name: 'Project 150' }, code: 'unexpected_reply', readAt: null },
    ])
    // Two pages of projects, one of Admin keys, and one of each project.
    expect(organization.requests).toHaveLength(203)
    expect(progress.at(-1)).toEqual([201, 201])
    // As stored, a key takes less than 400 bytes: what is held at once is bounded by the number of keys.
    expect(JSON.stringify(reading.items).length).toBeLessThan(400 * 1_983)
  })

  test('are never asked for by more than six requests at once', async () => {
    organization.company.replaceProjects(projects.slice(0, 20))
    let [current, most] = [0, 0]
    const counting: typeof fetch = async (...request) => {
      current += 1
      most = Math.max(most, current)
      const response = await fetch(...request)
      current -= 1
      return response
    }
    const key = new AdminApiKey(organization.adminKey)
    await openOrganization(organization.baseUrl, { key, fetch: counting }).organization.lists.keys.read()
    expect(most).toBe(6)
  })

  test('keep the keys of the failing projects as of their own reading, once and again', async () => {
    organization.company.replaceProjects([aProject(1, ownKeys(1)), aProject(2, ownKeys(2))])
    const first = (await read()).items
    organization.company.replaceProjects([aProject(1, [aKey('new')]), aProject(2, [aKey('newer')])])
    organization.set({ failingProjects: { proj_2: 500 } })
    const syncedAt = '2026-03-10T06:00:00.000Z'
    const second = keys.complete((await read()).items, { items: first, syncedAt })
    const idsOf = (items: typeof first, project: string) =>
      items.filter(isKey).flatMap((key) => (key.project?.id === project ? [key.id] : []))
    expect(idsOf(second, 'proj_1')).toEqual(['new'])
    expect(idsOf(second, 'proj_2')).toEqual(idsOf(first, 'proj_2'))
    expect(second.find(isUnread)).toMatchObject({ project: { id: 'proj_2' }, readAt: syncedAt })
    const third = keys.complete((await read()).items, { items: second, syncedAt: '2026-03-10T12:00:00.000Z' })
    expect(third.filter(isUnread)).toEqual(second.filter(isUnread))
    organization.set({ failingProjects: {} })
    const fourth = keys.complete((await read()).items, { items: third, syncedAt: '2026-03-10T18:00:00.000Z' })
    expect([idsOf(fourth, 'proj_2'), fourth.filter(isUnread)]).toEqual([['newer'], []])
  })
})

test('Keys of owners without access are read, as inactive, and archived projects are not asked', async () => {
  organization.company.replaceProjects([
    aProject(1, [aKey('works'), aKey('idle', { hasAccess: false })]),
    { ...aProject(2, [aKey('old')]), isArchived: true },
  ])
  for (const archivedProjectsListed of [false, true]) {
    organization.set({ archivedProjectsListed })
    const { items, isComplete } = await read()
    const own = items.filter(isKey).filter(({ kind }) => kind === 'project')
    expect(own.map(({ id, isActive }) => [id, isActive])).toEqual([
      ['works', true],
      ['idle', false],
    ])
    expect(isComplete).toBe(true)
  }
  expect(organization.requests.some((request) => request.includes('proj_2'))).toBe(false)
})

test('A project whose id no path can hold fails alone, and no path of dots is sent', async () => {
  const ids = ['..', '.', 'proj/../..', '%2e%2e', 'proj_\ud800', 'proj 1?#&', 'proj_1']
  organization.company.replaceProjects(ids.map((id) => ({ ...aProject(1, [aKey(`key of ${id}`)]), id })))
  const { items } = await read()
  expect(items.filter(isUnread).map(({ project, code }) => [project?.id, code])).toEqual([
    ['..', 'unexpected_reply'],
    ['.', 'unexpected_reply'],
    ['proj_\ud800', 'unexpected_reply'],
  ])
  const own = items.filter(isKey).filter(({ kind }) => kind === 'project')
  expect(own.map(({ project }) => project?.id)).toEqual(['proj/../..', '%2e%2e', 'proj 1?#&', 'proj_1'])
  const paths = organization.requests.map(({ path }) => path).filter((path) => path.endsWith('/api_keys'))
  expect(paths.toSorted()).toEqual([
    '/v1/organization/projects/%252e%252e/api_keys',
    '/v1/organization/projects/proj%201%3F%23%26/api_keys',
    '/v1/organization/projects/proj%2F..%2F../api_keys',
    '/v1/organization/projects/proj_1/api_keys',
  ])
})

test('When everything fails, the reading does, with the cause', async () => {
  organization.company.replaceProjects([])
  expect(await rejectionOf(open(organization.keys.withoutDirectory).lists.keys.read())).toMatchObject({
    code: 'insufficient_permissions',
    dataSet: 'keys',
  })
})

test('Of a key, its facts are kept, with its owner, and nothing of its value but the end', async () => {
  const owner = { type: 'service_account', id: 'svc_acct_1', name: 'Bot' } as const
  organization.company.replaceProjects([aProject(1, [aKey('one', { owner, expiresAt: 1_800_000_000 })])])
  const { items } = await read()
  expect(items.find((item) => isKey(item) && item.kind === 'project')).toEqual({
    kind: 'project',
    id: 'one',
    name: 'Key one',
    hint: secretOf('one').slice(-4),
    project: { id: 'proj_1', name: 'Project 1' },
    owner: { kind: 'service_account', id: 'svc_acct_1', name: 'Bot', email: null },
    createdAt: '2026-01-01T00:00:00.000Z',
    lastUsedOn: '2026-03-01',
    expiresAt: '2027-01-15T08:00:00.000Z',
    isUseKnown: true,
    isActive: true,
  })
})

test('The owner of a person’s key has the address that OpenAI states', async () => {
  const owner = { type: 'user', id: 'ana', name: 'Ana', email: 'ana@acme.example' } as const
  organization.company.replaceProjects([aProject(1, [aKey('one', { owner })])])
  const { items } = await read()
  expect(items.filter(isKey).find(({ kind }) => kind === 'project')?.owner).toEqual({
    kind: 'user',
    id: 'ana',
    name: 'Ana',
    email: 'ana@acme.example',
  })
})

test('An Admin key whose use is not stated is not known to be unused', async () => {
  organization.company.replaceProjects([])
  const { items } = await read()
  const admin = items.filter(isKey).filter(({ kind }) => kind === 'admin')
  expect(admin.map(({ lastUsedOn, isUseKnown }) => [lastUsedOn, isUseKnown])).toEqual(admin.map(() => [null, false]))
  expect(admin.length).toBeGreaterThan(0)
})

test('Keys without an owner have none', async () => {
  organization.company.replaceProjects([aProject(1, [aKey('one')])])
  organization.set({ keysWithoutOwner: true })
  const { items } = await read()
  expect(items.filter(isKey).find(({ kind }) => kind === 'project')?.owner).toBeNull()
})

test('Of unmasked keys, and of keys in names, not even the last four characters are kept', async () => {
  organization.company.replaceProjects([aProject(1, [aKey('one')])])
  organization.set({ unmaskedKeys: true, keyLikeNames: true })
  const { items } = await read()
  const text = JSON.stringify(items)
  for (const secret of [secretOf('one'), organization.adminKey]) {
    for (let from = 0; from + 5 <= secret.length; from += 1) {
      // The prefix is no secret.
      if (from >= 9) expect(text).not.toContain(secret.slice(from, from + 5))
    }
  }
  const own = items.filter(isKey)
  expect(own.every(({ hint }) => hint === null)).toBe(true)
  expect(own.find(({ kind }) => kind === 'project')?.name).toBe('Key one ••••')
})

test('An address of an owner that holds a key is kept without it', () => {
  const email = `sk-proj-${'Ab3dEf6h'.repeat(6)}@acme.example`
  const owner = { type: 'user', user: { id: 'user-1', name: 'Ana', email } }
  const { data } = projectKeyListSchema.parse({ data: [{ id: 'key_1', owner }], has_more: false })
  expect(data[0]?.owner?.user?.email).toBe('••••@acme.example')
})

test.each([
  ['sk-admin...wxyz', 'wxyz'],
  ['sk-proj-Ab3************wxyz', 'wxyz'],
  ['sk-…wxyz', 'wxyz'],
  ['••••wxyz', 'wxyz'],
  ['sk-...longerEnding', 'ding'],
  ['sk-...yz', 'yz'],
  ['sk-proj-Ab3dEf6hIj9lMn2pQr5t', null],
  ['sk-proj-Ab3dEf...', null],
  ['wxyz', null],
  ['', null],
  [null, null],
])('The hint of %j is %j', (masked, hint) => {
  expect(hintOf(masked)).toBe(hint)
})
