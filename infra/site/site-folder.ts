import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FileSystem, type Stack } from 'aws-cdk-lib'
import { docsFiles } from './docs-page.ts'
import { operatorsPages } from './operators-pages.ts'

/** The output folder of the dashboard's build. */
const DASHBOARD = fileURLToPath(new URL('../../dashboard/dist', import.meta.url))

const BUILD = fileURLToPath(new URL('../../dashboard/build-if-needed.ts', import.meta.url))

/** The dashboard could not be built. The message says how to build it. */
export class DashboardNotBuiltError extends Error {
  constructor() {
    super(
      'The dashboard is not built, and its tools are not installed: run npm ci (without --omit=dev) beside Rollcall.',
    )
    this.name = 'DashboardNotBuiltError'
  }
}

/**
 * Calls `use` with a folder of the files that make up the site: the dashboard, and under `docs/` the API description and
 * the operators' pages. The folder is removed afterwards. The dashboard is built first if needed. Where functions are not
 * bundled because nothing is deployed, an empty page takes its place. Throws `DashboardNotBuiltError`.
 */
export function withSiteFolder({ bundlingRequired }: Stack, use: (folder: string) => void): void {
  const folder = FileSystem.mkdtemp('rollcall-site-')
  try {
    if (bundlingRequired) cpSync(builtDashboard(), folder, { recursive: true })
    else writeFileSync(join(folder, 'index.html'), '')
    mkdirSync(join(folder, 'docs'), { recursive: true })
    for (const { name, body } of [...docsFiles(), ...operatorsPages()]) writeFileSync(join(folder, 'docs', name), body)
    use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function builtDashboard(): string {
  execFileSync(process.execPath, [BUILD], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (!existsSync(join(DASHBOARD, 'index.html'))) throw new DashboardNotBuiltError()
  return DASHBOARD
}
