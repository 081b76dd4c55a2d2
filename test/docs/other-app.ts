import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blocksOf, pageText } from './pages.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Writes the other CDK app of docs/deploy.md into a folder of its own, with the repository beside it. Gives its file. */
export function writeOtherApp(parent: string): string {
  const app = blocksOf(pageText('deploy.md'), 'ts').find((block) => block.includes('new App()'))
  if (app === undefined) throw new Error('docs/deploy.md shows no other app.')
  const folder = join(parent, 'other')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(ROOT, join(folder, 'rollcall'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const file = join(folder, 'app.ts')
  writeFileSync(file, app)
  return file
}
