import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { App } from 'aws-cdk-lib'
import * as z from 'zod'
import cdkJson from '../../cdk.json' with { type: 'json' }
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { EVERY_VARIABLE, LARGEST_BUNDLE_BYTES } from './bundle-facts.ts'
import { aStage } from './synthesize.ts'

const run = promisify(execFile)

/** CDK starts npm and esbuild for each function, one after the other: some ten seconds of CPU. The dashboard is built if it is not. */
const TEST_TIMEOUT_MS = 240_000

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

test(
  'Each function’s bundle is one small strict file that Node loads without any package, and whose errors name the sources',
  async () => {
    const folders = bundleFolders()
    expect(folders).toHaveLength(4)
    for (const folder of folders) {
      const bundle = join(folder, 'index.js')
      expect(readdirSync(folder).toSorted()).toEqual(['index.js', 'index.js.map'])
      // A CommonJS file is sloppy unless it says so: a write to what is frozen would pass in silence.
      expect(readFileSync(bundle, 'utf8')).toMatch(/^"use strict";/)
      expect(statSync(bundle).size).toBeLessThan(LARGEST_BUNDLE_BYTES)
      expect(statSync(`${bundle}.map`).size).toBeGreaterThan(0)
      const program = `require(${JSON.stringify(bundle)}).handler().catch(({ stack }) => console.log(stack))`
      const { stdout, stderr } = await run(process.execPath, ['-e', program], { cwd: folder, env: EVERY_VARIABLE })
      expect(stdout).toMatch(/functions\/(api|sync|dispatch|deploy-site)\/handler\.ts:\d+:\d+\)/)
      expect(stderr).toBe('')
    }
  },
  TEST_TIMEOUT_MS,
)
