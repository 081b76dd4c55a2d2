import { readFileSync } from 'node:fs'
import { Marked } from 'marked'
import { gfmHeadingId } from 'marked-gfm-heading-id'

/**
 * The pages of `docs/` that operators of a deployment need. They link to one another and to no other file of the
 * repository.
 */
const PAGES = [
  'runbook',
  'deploy',
  'sign-in',
  'restoring',
  'providers',
  'api',
  'privacy',
  'verifying-reviews',
  'costs',
] as const

/** The path of the runbook on the site. Its anchors are the alarms' pages. */
export const RUNBOOK_PATH = '/docs/runbook.html'

const STYLE = `:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
nav a { margin-right: 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
h2:target { background: color-mix(in srgb, gold 30%, transparent); }
pre { overflow-x: auto; padding: 0.75rem 1rem; background: color-mix(in srgb, currentColor 7%, transparent); }
code { font: 0.9em/1.5 ui-monospace, monospace; }
table { display: block; overflow-x: auto; border-collapse: collapse; }
th, td { padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
`

/**
 * The operators' pages as files of the folder `docs/` of a deployment's site, so an alarm mail links to a page that a
 * phone can open. They contain nothing about the deployment.
 */
export function operatorsPages(): { readonly name: string; readonly body: string }[] {
  const marked = new Marked(gfmHeadingId(), {
    walkTokens: (token) => {
      if (token.type === 'link') token.href = token.href.replace(/^([a-z-]+)\.md(?=#|$)/, '$1.html')
    },
  })
  return [
    { name: 'pages.css', body: STYLE },
    ...PAGES.map((page) => ({ name: `${page}.html`, body: toHtml(page, marked) })),
  ]
}

function toHtml(page: string, marked: Marked): string {
  const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), 'utf8')
  const title = /^# (.+)$/m.exec(text)?.[1] ?? page
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title}</title>
    <link rel="stylesheet" href="pages.css" />
  </head>
  <body>
    <nav>${PAGES.map((each) => `<a href="${each}.html">${each}</a>`).join('')}</nav>
    <main>${marked.parse(text, { async: false })}</main>
  </body>
</html>
`
}
