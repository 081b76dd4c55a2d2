import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Template } from 'aws-cdk-lib/assertions'
import { config } from '../../infra/config.ts'
import { SIGNED_IN_PATH } from '../../shared/contracts/dashboard-config.ts'
import { assemblies, synthesized } from '../infra/synthesized.ts'
import { anchorsOf, blocksOf, pageText } from './pages.ts'

const PAGES = [
  'deploy.md',
  'sign-in.md',
  'runbook.md',
  'restoring.md',
  'privacy.md',
  'verifying-reviews.md',
  'costs.md',
]

let template: Template
/** With what belongs to an option, too. */
let stacks: readonly Template[]
beforeAll(async () => {
  template = await synthesized('production')
  stacks = [template, await synthesized('everything')]
})

const commands = PAGES.flatMap((page) => blocksOf(pageText(page), 'sh'))

test.each(commands)('The shell can parse it (%#)', (block) => {
  execFileSync('bash', ['-n'], { input: block })
})

test('Every resource that a command looks up is exactly one of the stack’s', () => {
  const asked = PAGES.flatMap((page) => [...pageText(page).matchAll(/\bresource (\w+) (AWS::\w+::\w+)/g)])
  expect(asked.length).toBeGreaterThan(10)
  for (const [, prefix = '', type = ''] of asked) {
    const found = stacks.map(
      (each) => Object.keys(each.findResources(type)).filter((id) => id.startsWith(prefix)).length,
    )
    expect([prefix, type, found.find((count) => count > 0)]).toEqual([prefix, type, 1])
  }
})

test('The stack stays within the 100 resources that one call describes', () => {
  for (const each of stacks) expect(Object.keys(each.toJSON().Resources).length).toBeLessThan(100)
})

test('Every output that a command looks up is one of the stack’s', () => {
  const asked = PAGES.flatMap((page) =>
    [...pageText(page).matchAll(/\$\(output (\w+)\)/g)].map(([, name = '']) => name),
  )
  expect(asked.length).toBeGreaterThan(1)
  expect(Object.keys(template.findOutputs('*'))).toEqual(expect.arrayContaining(asked))
})

test('The command that enables recovery backups sets the number of days, since AWS’s default is 35', () => {
  const switchedOn = commands.flatMap((block) => block.match(/PointInTimeRecoveryEnabled=true\S*/g) ?? [])
  // Of restoring.md and of privacy.md.
  const withDays = 'PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35'
  expect(switchedOn).toEqual([withDays, withDays])
})

test('The dashboard’s client is registered with the path that the dashboard comes back to', () => {
  expect(pageText('sign-in.md')).toContain(`- \`https://…${SIGNED_IN_PATH}\` as redirect address;`)
})

test('The page mentions the sample’s syncsAtOnce', () => {
  for (const { syncsAtOnce } of Object.values(config.stages)) {
    expect(pageText('deploy.md')).toContain(`Syncs take up to \`syncsAtOnce\` (${syncsAtOnce})`)
  }
})

test('Links between these pages lead to a heading', () => {
  for (const page of PAGES) {
    for (const [link, name = '', anchor = ''] of pageText(page).matchAll(/\]\(([a-z-]+\.md)?#([a-z0-9-]+)\)/g)) {
      const text = pageText(name === '' ? page : name)
      expect([link, [2, 3].flatMap((level) => anchorsOf(text, level)).includes(anchor)]).toEqual([link, true])
    }
  }
})

test('The other CDK app of docs/deploy.md synthesizes the stack from a folder of its own, with the repository beside it', async () => {
  expect(readdirSync(join(await assemblies(), 'other-app'))).toContain('People-Rollcall.template.json')
})
