import { readFileSync } from 'node:fs'

const DOCS = new URL('../../docs/', import.meta.url)

/** A page of `docs/` as text. */
export function pageText(name: string): string {
  return readFileSync(new URL(name, DOCS), 'utf8')
}

/** The contents of the page's fenced blocks in a language. */
export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, block = '']) =>
    found === language ? [block] : [],
  )
}

/** The anchors that GitHub makes of the headings of a level. */
export function anchorsOf(text: string, level: number): string[] {
  return [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^(#+) (.+)$/gm)].flatMap(
    ([, hashes = '', title = '']) =>
      hashes.length === level
        ? [
            title
              .toLowerCase()
              .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
              .replaceAll(/\s/g, '-'),
          ]
        : [],
  )
}
