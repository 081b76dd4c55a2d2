import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { basename, join } from 'node:path'
import { callersEnvironment } from './environment.ts'
import { type Bench, StepFailure } from './step.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const INSTALLED_IN = fileURLToPath(new URL('../../.e2e/', import.meta.url))

/** Virtual environments inside the project: some tools pin other versions of what others need. */
const ENVIRONMENTS = {
  venv: HERE,
  checkov: join(HERE, 'checkov'),
  'focus-validator': join(HERE, 'focus'),
} as const

const ONLY_FROM_PYTHON_3_12 = String.raw`f"'{k.replace('\"', '\"\"')}'" for k in ignore_keys`

/** Where a tool of the requirements file is, once `installPythonTools` has run. */
export function pythonTool(name: string, environment: keyof typeof ENVIRONMENTS = 'venv'): string {
  return join(INSTALLED_IN, environment, 'bin', name)
}

/** Where the packages of an environment are. */
export function sitePackages(environment: keyof typeof ENVIRONMENTS): string {
  const [found] = globSync(join(INSTALLED_IN, environment, 'lib', 'python3*', 'site-packages'))
  if (found === undefined) throw new StepFailure(`The Python packages of ${environment} are not installed.`)
  return found
}

/** Installs the pinned tools into virtual environments inside the project, or uses what is there in these versions. */
export async function installPythonTools(bench: Bench): Promise<void> {
  // Beside each other: much of an installation waits for downloads.
  await Promise.all(
    Object.entries(ENVIRONMENTS).map(([name, folder]) => install(bench, join(INSTALLED_IN, name), folder)),
  )
  makeFocusValidatorParse()
}

/**
 * focus-validator asks for Python 3.12 because of one expression, which an older Python does not parse. The same expression with
 * another quote runs in both, so it is changed where it is.
 */
function makeFocusValidatorParse(): void {
  const file = join(
    sitePackages('focus-validator'),
    'focus_validator',
    'config_objects',
    'focus_to_duckdb_converter.py',
  )
  const written = readFileSync(file, 'utf8')
  const parsable = written.replace(
    ONLY_FROM_PYTHON_3_12,
    String.raw`"'" + k.replace('"', '""') + "'" for k in ignore_keys`,
  )
  if (parsable !== written) writeFileSync(file, parsable)
}

/** `pins` is the folder of requirements and constraints. */
async function install(bench: Bench, environmentFolder: string, pins: string): Promise<void> {
  const files = ['requirements.txt', 'constraints.txt'].map((file) => join(pins, file))
  const [requirements = '', constraints = ''] = files
  const pinned = files.map((file) => readFileSync(file, 'utf8')).join('')
  const installed = join(environmentFolder, 'installed.txt')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === pinned) {
    bench.say(`The pinned versions of ${basename(environmentFolder)} are there already.`)
    return
  }
  rmSync(environmentFolder, { recursive: true, force: true })
  const environment = callersEnvironment()
  const make = { command: 'python3', args: ['-m', 'venv', environmentFolder], environment }
  await bench.processes.run(make).catch((cause: unknown) => {
    const cure = 'Python 3.10 or newer with venv is needed; on Debian: apt-get install python3-venv.'
    throw new StepFailure(`${cure}\n${cause instanceof Error ? cause.message : ''}`, { cause })
  })
  const quietly = ['install', '--quiet', '--disable-pip-version-check', '--ignore-requires-python']
  const args = [...quietly, '--requirement', requirements, '--constraint', constraints]
  await bench.processes.run({ command: join(environmentFolder, 'bin', 'pip'), args, environment })
  writeFileSync(installed, pinned)
}
