import { writeFileSync } from 'node:fs'
import { printedByNpm, sbomOfShipped } from './sbom.ts'
import { shippedPackages } from './shipped-packages.ts'

// `npm run sbom` writes the bill of materials of shipped packages to sbom.cdx.json. The file is not committed, because
// it follows from the lock file.
const FILE = 'sbom.cdx.json'

const sbom = sbomOfShipped(await printedByNpm(), shippedPackages())
writeFileSync(new URL(`../../${FILE}`, import.meta.url), `${JSON.stringify(sbom, null, 2)}\n`)
process.stdout.write(`${FILE}: ${sbom.components.length} components ship\n`)
