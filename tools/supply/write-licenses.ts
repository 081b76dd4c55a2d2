import { writeFileSync } from 'node:fs'
import { licensesPage } from './licenses.ts'
import { shippedPackages } from './shipped-packages.ts'

// `npm run licenses` lists the shipped packages by license in docs/licenses.md.
writeFileSync(new URL('../../docs/licenses.md', import.meta.url), licensesPage(shippedPackages()))
