import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FileSystem } from 'aws-cdk-lib'
import { docsFiles } from './local/docs-page.ts'
import { operatorsPages } from './operators-pages.ts'

/** Where the dashboard's build puts its files. */
const DASHBOARD = fileURLToPath(new URL('../dashboard/dist', import.meta.url))

/** Stands at the site's root while there is no dashboard. */
const TO_DOCS = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Rollcall</title>
    <meta http-equiv="refresh" content="0; url=/docs/" />
  </head>
  <body>
    <p><a href="/docs/">The API’s description</a></p>
  </body>
</html>
`

/**
 * Hands `use` the folders whose files make the site: the dashboard if it has been built, and under `docs/` the page that
 * describes the API, and the operator's pages. What was made for it is removed afterwards.
 */
export function withSiteFolders(use: (folders: readonly string[]) => void): void {
  const made = FileSystem.mkdtemp('rollcall-site-')
  try {
    mkdirSync(join(made, 'docs'))
    for (const { name, body } of [...docsFiles(), ...operatorsPages()]) writeFileSync(join(made, 'docs', name), body)
    const hasDashboard = existsSync(DASHBOARD)
    if (!hasDashboard) writeFileSync(join(made, 'index.html'), TO_DOCS)
    use(hasDashboard ? [made, DASHBOARD] : [made])
  } finally {
    rmSync(made, { recursive: true })
  }
}
