import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import type { LockedPackage } from './shipped-packages.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')
const MOST_BYTES = 50_000_000

/**
 * The property with which npm marks development dependencies. The dashboard's packages have it too, although they ship
 * in its files.
 */
const DEVELOPMENT = 'cdx:npm:package:development'

const componentSchema = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
})
const dependencySchema = z.object({ ref: z.string(), dependsOn: z.array(z.string()) })

/** The fields used of the output of `npm sbom --sbom-format cyclonedx`. https://cyclonedx.org/docs/1.5/json/ */
const printedSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(componentSchema),
  dependencies: z.array(dependencySchema),
})

/**
 * npm's bill of materials of the whole lock file, for every platform. It does not contact the registry.
 * https://docs.npmjs.com/cli/v11/commands/npm-sbom
 */
export async function printedByNpm(): Promise<string> {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  return (await run('npm', args, { cwd: ROOT, maxBuffer: MOST_BYTES })).stdout
}

/** A software bill of materials in CycloneDX's format. */
export type Sbom = z.output<typeof printedSchema>

/**
 * The bill of shipped packages, from npm's bill of all locked packages. It omits the timestamp and serial number that
 * npm generates, so the same lock file gives the same bill. Throws when npm's bill lacks a shipped package.
 */
export function sbomOfShipped(printed: string, shipped: readonly LockedPackage[]): Sbom {
  const { serialNumber: _number, ...all } = printedSchema.parse(JSON.parse(printed))
  const { timestamp: _moment, ...metadata } = all.metadata
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`))
  const components = all.components
    .filter(({ name, version }) => wanted.has(`${name}@${version}`))
    .map((component) => ({
      ...component,
      scope: 'required',
      properties: component.properties.filter(({ name }) => name !== DEVELOPMENT),
    }))
  const found = new Set(components.map(({ name, version }) => `${name}@${version}`))
  const missing = [...wanted].filter((each) => !found.has(each))
  if (missing.length > 0) throw new Error(`npm does not list ${missing.join(', ')}.`)
  const own = metadata.component['bom-ref']
  const references = new Set([own, ...components.map((component) => component['bom-ref'])])
  return {
    ...all,
    // npm names the project after its folder.
    metadata: { ...metadata, component: { ...metadata.component, type: 'application', name: packageJson.name } },
    components,
    dependencies: all.dependencies
      .filter(({ ref }) => references.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => references.has(each)) })),
  }
}
