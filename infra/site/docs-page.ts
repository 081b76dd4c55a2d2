import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** The only files of the package that are served. Other paths are not found. */
const ASSETS: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
])

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Rollcall API</title>
    <link rel="icon" href="favicon-32x32.png" />
    <link rel="stylesheet" href="swagger-ui.css" />
  </head>
  <body>
    <main id="api"></main>
    <script src="swagger-ui-bundle.js"></script>
    <script src="start.js"></script>
  </body>
</html>
`

const START = `SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null })
`

/** A file of the page that describes the API, by its name under `/docs/`. Undefined when there is none. */
export async function findDocsFile(name: string): Promise<{ type: string; body: Buffer } | undefined> {
  if (name === '') return { type: 'text/html; charset=utf-8', body: Buffer.from(PAGE) }
  if (name === 'start.js') return { type: 'text/javascript; charset=utf-8', body: Buffer.from(START) }
  const type = ASSETS.get(name)
  return type === undefined ? undefined : { type, body: await readFile(join(FOLDER, name)) }
}

/** The same page as the files of one folder. */
export function docsFiles(): { name: string; body: string | Buffer }[] {
  return [
    { name: 'index.html', body: PAGE },
    { name: 'start.js', body: START },
    ...[...ASSETS.keys()].map((name) => ({ name, body: readFileSync(join(FOLDER, name)) })),
  ]
}
