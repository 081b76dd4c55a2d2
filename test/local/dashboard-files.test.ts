import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readDashboardFiles } from '../../local/http/dashboard-files.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>Rollcall</title>')
  writeFileSync(join(folder, 'config.json'), '{"signIn":null}')
  writeFileSync(join(folder, 'assets/index-AbC123.js'), 'export {}')
  writeFileSync(join(folder, 'notes.txt'), 'not for anybody')
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each(['/', '/connect', '/help', '/signed-in', '/integrations/1', '/integrations/1/members/2'])(
  'The client-side route %s shows the document, which must be revalidated',
  async (path) => {
    const { find } = await readDashboardFiles(folder)
    expect(find(path)).toMatchObject({
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
      body: Buffer.from('<title>Rollcall</title>'),
    })
  },
)

test('Assets are immutable, settings are not', async () => {
  const { find } = await readDashboardFiles(folder)
  expect(find('/assets/index-AbC123.js')?.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(find('/config.json')?.headers['cache-control']).toBe('no-cache')
})

test('The content policy allows own scripts and styles only, and no framing', async () => {
  const { find } = await readDashboardFiles(folder)
  const policy = find('/')?.headers['content-security-policy']
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
})

test.each([
  '/notes.txt',
  '/assets/../index.html',
  '/assets/..%2findex.html',
  '/../package.json',
  '/v1/me',
  '/docs/',
  '/connect/else',
])('%s is not part of the dashboard', async (path) => {
  const { find } = await readDashboardFiles(folder)
  expect(find(path)).toBeUndefined()
})

test('Before the build there is nothing', async () => {
  const { find, notFoundPage } = await readDashboardFiles(join(folder, 'missing'))
  expect([find('/'), notFoundPage]).toEqual([undefined, undefined])
})
