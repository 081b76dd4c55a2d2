import { beforeAll, expect, test } from '@jest/globals'
import * as z from 'zod'
import { printedByNpm, sbomOfShipped } from '../../../tools/supply/sbom.ts'
import { shippedPackages } from '../../../tools/supply/shipped-packages.ts'

const generatedSchema = z.looseObject({
  serialNumber: z.string(),
  metadata: z.looseObject({ timestamp: z.string() }),
})
const shipped = shippedPackages()
let printed: Awaited<ReturnType<typeof printedByNpm>>
let sbom: ReturnType<typeof sbomOfShipped>

beforeAll(async () => {
  printed = await printedByNpm()
  sbom = sbomOfShipped(printed, shipped)
})

test('The bill of materials lists exactly the shipped packages, each version once', () => {
  const listed = sbom.components.map(({ name, version }) => `${name}@${version}`)
  expect(listed.toSorted()).toEqual([...new Set(shipped.map(({ name, version }) => `${name}@${version}`))].toSorted())
  expect(listed).toEqual(expect.arrayContaining([expect.stringMatching(/^react@/), expect.stringMatching(/^zod@/)]))
  expect(listed.filter((each) => /^(jest|typescript|playwright-core)@/.test(each))).toEqual([])
})

test('Each component has its package URL, and a digest unless it is bundled in another package', () => {
  for (const { name, version, purl, hashes, properties, scope } of sbom.components) {
    expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`)
    const isBundled = properties.some((property) => property.name === 'cdx:npm:package:bundled')
    expect([name, isBundled || Array.isArray(hashes)]).toEqual([name, true])
    // What is built into the dashboard is not left to a reader's choice, whatever npm calls it.
    expect([name, scope]).toEqual([name, 'required'])
  }
})

test('Dependencies refer to listed components', () => {
  const references = new Set(sbom.components.map((component) => component['bom-ref']))
  const own = sbom.metadata.component['bom-ref']
  expect(sbom.dependencies.map(({ ref }) => ref).filter((ref) => ref !== own && !references.has(ref))).toEqual([])
  expect(sbom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !references.has(ref))).toEqual([])
})

test('The same lock file gives the same bill, named after the project instead of its folder', () => {
  // What npm generates each time it is run.
  const { serialNumber, metadata, ...all } = generatedSchema.parse(JSON.parse(printed))
  const { timestamp, ...project } = metadata
  expect([serialNumber, timestamp]).toEqual([expect.stringMatching(/^urn:uuid:/), expect.stringMatching(/^20\d\d-/)])
  const again = {
    ...all,
    serialNumber: 'urn:uuid:again',
    metadata: { ...project, timestamp: '2099-01-01T00:00:00.000Z' },
  }
  expect(sbomOfShipped(JSON.stringify(again), shipped)).toEqual(sbom)
  expect(sbom.metadata.component['name']).toBe('rollcall')
})

test('A shipped package that is missing in npm’s bill is reported', () => {
  const unknown = { path: 'node_modules/unknown', name: 'unknown', version: '1.0.0', license: 'MIT' }
  expect(() => sbomOfShipped(printed, [...shipped, unknown])).toThrow('npm does not list unknown@1.0.0.')
})
