import { writeFileSync } from 'node:fs'
import { licencesPage } from './licences.ts'
import { shippedPackages } from './shipped-packages.ts'

// `npm run licences` lists what ships, by licence, in docs/licences.md.
writeFileSync(new URL('../../docs/licences.md', import.meta.url), licencesPage(shippedPackages()))
