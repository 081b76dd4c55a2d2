import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { anchorsOf } from './pages.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LEVELS = [1, 2, 3, 4]

/** Every page of Rollcall's own. */
const pages = [
  ...readdirSync(ROOT),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'))

/** What a page links beside other sites, and shows as pictures. */
function targetsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/\]\((?!\w+:)([^)]+)\)/g), ...text.matchAll(/ (?:src|href|srcset)="(?!\w+:)([^"]+)"/g)].map(
    ([, target = '']) => target,
  )
}

function leadsNowhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path)
  if (!existsSync(file)) return true
  if (anchor === undefined || !file.endsWith('.md')) return false
  const text = readFileSync(file, 'utf8')
  return !LEVELS.some((level) => anchorsOf(text, level).includes(anchor))
}

test.each(pages)('Every link of %s has a target', (page) => {
  expect(targetsOf(page).filter((target) => leadsNowhere(page, target))).toEqual([])
})
