import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { aStage } from './synthesize.ts'

const run = promisify(execFile)

/** As small as it stays, so that a cold start stays short; a megabyte takes about 100 ms to load. */
const LARGEST_BUNDLE_BYTES = 1_000_000

const EVERY_VARIABLE = {
  AWS_REGION: 'eu-central-1',
  DEPLOYMENT: 'Test',
  VERSION: '1.0.0',
  TABLE_NAME: 'table',
  QUEUE_URL: 'https://queue.example.com/1/sync',
  ADMIN_KEY_PREFIX: 'Test/admin-keys',
  ADMIN_KEY_TAGS: '{"application":"rollcall"}',
  SCHEDULES: '[]',
  SCHEDULE_NAMES: '[]',
  ROLE_RULES: '[]',
  OPENAI_BASE_URL: 'https://api.openai.com/v1',
  WINDOW_DAYS: '60',
  KEEP_REMOVED_DAYS: '60',
  SYNC_LEASE_MS: '900000',
}

const resourcesSchema = z.record(
  z.string(),
  z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
)
const codeSchema = z.object({ S3Key: z.string() })

/** The folders of our three functions' bundles. */
function bundleFolders(): string[] {
  const app = new App({ context: cdkJson.context })
  const stack = new RollcallStack(app, 'Test', { config: aStage() })
  const assembly = app.synth()
  const template: unknown = assembly.getStackByName(stack.stackName).template
  return Object.values(z.object({ Resources: resourcesSchema }).parse(template).Resources)
    .filter(({ Properties }) => String(Properties['Description']).startsWith('Rollcall'))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => codeSchema.parse(Properties['Code']).S3Key.replace(/\.zip$/, ''))
    .map((hash) => join(assembly.directory, `asset.${hash}`))
}

test('Each function’s bundle is one small ES module with its source map, which Node loads without any package', async () => {
  const folders = bundleFolders()
  expect(folders).toHaveLength(4)
  for (const folder of folders) {
    const bundle = join(folder, 'index.mjs')
    expect(statSync(bundle).size).toBeLessThan(LARGEST_BUNDLE_BYTES)
    expect(statSync(`${bundle}.map`).size).toBeGreaterThan(0)
    const program = `const { handler } = await import(${JSON.stringify(bundle)}); console.log(typeof handler)`
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', program], {
      cwd: folder,
      env: { ...EVERY_VARIABLE, NODE_OPTIONS: '--enable-source-maps' },
    })
    expect([stdout, stderr]).toEqual(['function\n', ''])
  }
}, 60_000)
