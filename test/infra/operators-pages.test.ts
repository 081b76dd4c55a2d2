import { expect, test } from '@jest/globals'
import { operatorsPages, RUNBOOK_PATH } from '../../infra/site/operators-pages.ts'

const pages = new Map(operatorsPages().map(({ name, body }) => [name, body]))
const html = [...pages].filter(([name]) => name.endsWith('.html'))

test('The runbook is at the alarms’ address, with an anchor for each page', () => {
  const runbook = pages.get(RUNBOOK_PATH.replace('/docs/', ''))
  expect(runbook).toContain('<h2 id="syncs-failing">Syncs failing</h2>')
})

test.each(html)('Every link of %s leads to an existing page and anchor, or to an https address', (name, body) => {
  for (const [, link = ''] of body.matchAll(/(?:href|src)="([^"]+)"/g)) {
    if (link.startsWith('https://')) continue
    const [file, anchor] = link.split('#')
    const target = pages.get(file === '' || file === undefined ? name : file)
    expect([link, target !== undefined]).toEqual([link, true])
    if (anchor !== undefined) expect([link, target?.includes(`id="${anchor}"`)]).toEqual([link, true])
  }
})

test.each(html)('%s has no inline script or style, which the site’s headers would refuse', (_, body) => {
  expect(body).not.toMatch(/<script|<style| style=/)
})
