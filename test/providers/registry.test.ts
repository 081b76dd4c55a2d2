import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { PROVIDERS } from '../../shared/providers/registry.ts'

const ROOT = join(import.meta.dirname, '../..')
const PRODUCT = ['shared', 'functions', 'dashboard/src']
const REGISTRY = 'shared/providers/registry.ts'

const sources = PRODUCT.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
)

test.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
  'Only its folder and the registry know %s and its key prefix',
  (name, { id, key }) => {
    expect(sources.length).toBeGreaterThan(200)
    const words = new RegExp(`(?<![a-z])(${[id, name, key.prefix, ...key.otherPrefixes].join('|')})`, 'i')
    const knowing = sources.filter((path) => words.test(readFileSync(join(ROOT, path), 'utf8')))
    expect(knowing.filter((path) => !path.startsWith(`shared/providers/${id}/`))).toEqual([REGISTRY])
  },
)

test('Provider ids and key prefixes are unique', () => {
  const ids = PROVIDERS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const prefixes = PROVIDERS.flatMap(({ key }) => [key.prefix, ...key.otherPrefixes])
  expect(new Set(prefixes).size).toBe(prefixes.length)
})
