import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Provider } from '../../shared/providers/provider.ts'
import { PROVIDERS } from '../../shared/providers/registry.ts'

const ROOT = join(import.meta.dirname, '../..')
const PRODUCT = ['shared', 'functions', 'dashboard/src', 'infra', 'local']
const REGISTRY = 'shared/providers/registry.ts'
/** The folders with the code of a provider, and the files that list providers. */
const OWN_FOLDERS = (id: string) => [`shared/providers/${id}/`, `local/simulated-${id}/`]
const LISTS = [REGISTRY, 'local/organizations.ts']
/** Where people are shown a key, it has the name that its provider gives it. */
const SHOWN = ['functions/', 'dashboard/src/']
/** What else only a provider's own folder says, by provider id. */
const OWN_WORDS: Readonly<Record<string, readonly string[]>> = { openai: ['completions'] }

const sources = PRODUCT.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
)

function prefixesOf({ key }: Provider): string[] {
  return [key.prefix, ...key.otherPrefixes]
}

/** The files in which one of the words begins a word. What begins like one of the exceptions does not count. */
function filesWith(words: readonly string[], files: readonly string[], exceptions: readonly string[] = []): string[] {
  const but = exceptions.map((word) => `(?!${word})`).join('')
  const pattern = new RegExp(`(?<![a-z])${but}(${words.join('|')})`, 'i')
  return files.filter((path) => pattern.test(readFileSync(join(ROOT, path), 'utf8')))
}

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
  'Only its folders know %s:',
  (name, provider) => {
    const { id, key, countsAsRequests, unmeasuredProduct } = provider
    const others = sources.filter((path) => !OWN_FOLDERS(id).some((folder) => path.startsWith(folder)))

    test('its name and its key’s prefixes, which only the lists of providers know beside them', () => {
      expect(sources.length).toBeGreaterThan(300)
      const prefixes = prefixesOf(provider)
      const longerOnes = PROVIDERS.filter((each) => each !== provider).flatMap((each) =>
        prefixesOf(each).filter((longer) => prefixes.some((prefix) => longer.startsWith(prefix))),
      )
      const knowing = filesWith([id, name, ...prefixes], others, longerOnes)
      expect(knowing.filter((path) => !LISTS.includes(path))).toEqual([])
      expect(knowing).toContain(REGISTRY)
    })

    test('what it measures', () => {
      const words = [countsAsRequests, unmeasuredProduct ?? [], OWN_WORDS[id] ?? []].flat()
      expect(filesWith(words, others)).toEqual([])
    })

    test('what its key is called, where people read it', () => {
      const shown = others.filter((path) => SHOWN.some((folder) => path.startsWith(folder)))
      expect(filesWith([key.label], shown)).toEqual([])
    })
  },
)

test('Provider ids and key prefixes are unique', () => {
  const ids = PROVIDERS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const prefixes = PROVIDERS.flatMap((provider) => prefixesOf(provider))
  expect(new Set(prefixes).size).toBe(prefixes.length)
})
