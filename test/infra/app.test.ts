import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { WATCHDOG_MS } from '../watchdog.ts'
import { EVERY_VARIABLE, LARGEST_BUNDLE_BYTES } from './bundle-facts.ts'
import { assemblies, synthEnvironment } from './synthesized.ts'

const run = promisify(execFile)

/** The app’s cloud assembly. */
const assembly = join(await assemblies(), 'app')

const codeSchema = z.object({ S3Key: z.string() })

/** The folders of our functions' bundles. */
function bundleFolders(): string[] {
  const template = Template.fromString(readFileSync(join(assembly, 'Rollcall-prod.template.json'), 'utf8'))
  return Object.values(template.findResources('AWS::Lambda::Function'))
    .filter(({ Properties }) => String(Properties.Description).startsWith('Rollcall'))
    .map(({ Properties }) => codeSchema.parse(Properties.Code).S3Key.replace(/\.zip$/, ''))
    .map((hash) => join(assembly, `asset.${hash}`))
}

test('The app synthesizes the named stage without account, region or credentials', () => {
  expect(readdirSync(assembly).filter((file) => file.endsWith('.template.json'))).toEqual([
    'Rollcall-prod.template.json',
  ])
})

test('The site is one archive: the dashboard, and under docs/ the API description and the operators’ pages', () => {
  const template = Template.fromString(readFileSync(join(assembly, 'Rollcall-prod.template.json'), 'utf8'))
  const [site] = Object.values(template.findResources('Custom::RollcallSite'))
  const { key } = z.object({ archive: z.object({ key: z.string() }) }).parse(site?.['Properties']).archive
  const files = readdirSync(join(assembly, `asset.${key.replace(/\.zip$/, '')}`), { recursive: true, encoding: 'utf8' })
  expect(files).toEqual(
    expect.arrayContaining([
      'index.html',
      expect.stringMatching(/^assets\/index-.*\.js$/),
      'docs/index.html',
      'docs/start.js',
      'docs/swagger-ui.css',
      expect.stringMatching(/^docs\/deploy\.html$/),
    ]),
  )
})

test('Each function’s bundle is one small strict file with a source map', () => {
  const folders = bundleFolders()
  expect(folders).toHaveLength(4)
  for (const folder of folders) {
    const bundle = join(folder, 'index.js')
    expect(readdirSync(folder).toSorted()).toEqual(['index.js', 'index.js.map'])
    // CommonJS files are not strict by default: a write to a frozen object would fail silently.
    expect(readFileSync(bundle, 'utf8')).toMatch(/^"use strict";/)
    expect(statSync(bundle).size).toBeLessThan(LARGEST_BUNDLE_BYTES)
    expect(statSync(`${bundle}.map`).size).toBeGreaterThan(0)
  }
})

test('Node loads each bundle without packages, and errors name the sources', async () => {
  const program = `
    const stacks = process.argv.slice(1).map((bundle) => require(bundle).handler().catch(({ stack }) => stack))
    Promise.all(stacks).then((all) => console.log(JSON.stringify(all)))`
  const bundles = bundleFolders().map((folder) => join(folder, 'index.js'))
  const { stdout, stderr } = await run(process.execPath, ['-e', program, ...bundles], {
    env: EVERY_VARIABLE,
    timeout: WATCHDOG_MS,
  })
  const handlers = z
    .array(z.string())
    .parse(JSON.parse(stdout))
    .map((stack) => /functions\/([a-z-]+)\/handler\.ts:\d+:\d+\)/.exec(stack)?.[1])
  expect(new Set(handlers)).toEqual(new Set(['api', 'deploy-site', 'dispatch', 'sync']))
  expect(stderr).toBe('')
})

test('Without a configured region and with credentials for an unsupported one, the app stops with one line', async () => {
  const env = { ...synthEnvironment(), CDK_DEFAULT_REGION: 'us-gov-west-1' }
  const options = { cwd: join(import.meta.dirname, '../..'), env, timeout: WATCHDOG_MS }
  await expect(run(process.execPath, ['infra/app.ts'], options)).rejects.toMatchObject({
    code: 1,
    stderr:
      'the region of your credentials: us-gov-west-1 is not supported: Rollcall needs CloudFront and Cognito as in AWS’s commercial regions, such as eu-central-1\n',
  })
})

test('A mistake in infra/config.ts stops the app with one line that names the field, without a stack trace', async () => {
  const command = ['--import', './test/infra/break-config.js', 'infra/app.ts']
  const options = { cwd: join(import.meta.dirname, '../..'), env: synthEnvironment(), timeout: WATCHDOG_MS }
  await expect(run(process.execPath, command, options)).rejects.toMatchObject({
    code: 1,
    stderr:
      'infra/config.ts: stages.dev.schedules[0].expression: The schedule rate(6 ours) is not valid: a rate is a whole number and minutes, hours or days. (and 1 more)\n',
  })
})
