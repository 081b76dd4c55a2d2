import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { callersEnvironment } from './environment.ts'
import { type Bench, StepFailure } from './step.ts'

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url))
const CONSTRAINTS = fileURLToPath(new URL('constraints.txt', import.meta.url))
const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const VENV = join(PROJECT, '.e2e', 'venv')
const INSTALLED = join(VENV, 'installed.txt')

/** Where a tool of the requirements file is, once `installPythonTools` has run. */
export function pythonTool(name: string): string {
  return join(VENV, 'bin', name)
}

/** Installs the pinned tools into a virtual environment inside the project, or uses what is there in these versions. */
export async function installPythonTools(bench: Bench): Promise<void> {
  const pinned = [REQUIREMENTS, CONSTRAINTS].map((file) => readFileSync(file, 'utf8')).join('')
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === pinned) {
    bench.say('The pinned versions are there already.')
    return
  }
  rmSync(VENV, { recursive: true, force: true })
  const environment = callersEnvironment()
  await bench.processes.run({ command: 'python3', args: ['-m', 'venv', VENV], environment }).catch((cause: unknown) => {
    const cure = 'Python 3.10 or newer with venv is needed; on Debian: apt-get install python3-venv.'
    throw new StepFailure(`${cure}\n${cause instanceof Error ? cause.message : ''}`, { cause })
  })
  const args = [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    REQUIREMENTS,
    '--constraint',
    CONSTRAINTS,
  ]
  await bench.processes.run({ command: pythonTool('pip'), args, environment })
  writeFileSync(INSTALLED, pinned)
}
