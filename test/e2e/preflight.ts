import { fileURLToPath } from 'node:url'
import { emulatorEnvironment } from './ministack.ts'
import { type Bench, expect } from './step.ts'

const SCRIPT = fileURLToPath(new URL('../../tools/preflight/run-preflight.ts', import.meta.url))

/** What `npm run preflight` is run against. */
interface Emulated {
  readonly bench: Bench
  readonly emulatorUrl: string
}

/** The command itself, with the AWS SDK's clients: an account that is not ready, and what is wrong with it in a line. */
export async function checkPreflightBefore(emulated: Emulated): Promise<void> {
  const { code, text } = await preflight(emulated)
  expect(code === 1, `The preflight of an account without bootstrap ended with ${code}:\n${text}`)
  expect(
    /^missing +bootstrap: .*npx cdk bootstrap aws:\/\//m.test(text),
    `The preflight does not say what to do:\n${text}`,
  )
  expect(text.endsWith('\nMissing: 1.\n'), `The preflight counts otherwise:\n${text}`)
  const elsewhere = await preflight(emulated, { AWS_REGION: 'eu-west-9' })
  expect(elsewhere.code === 1, `The preflight of a region that does not exist ended with ${elsewhere.code}.`)
  expect(/^missing +region: /m.test(elsewhere.text), `The preflight believes in a region:\n${elsewhere.text}`)
  expect(!/^ +at /m.test(text + elsewhere.text), `The preflight shows a stack trace:\n${elsewhere.text}`)
}

/** The same account after `cdk bootstrap`. */
export async function checkPreflightAfter(emulated: Emulated): Promise<void> {
  const { code, text } = await preflight(emulated)
  expect(code === 0, `The preflight of an account that is ready ended with ${code}:\n${text}`)
  emulated.bench.say('The preflight names what is missing before cdk bootstrap, and nothing after it')
}

function preflight({ bench, emulatorUrl }: Emulated, changed: Readonly<Record<string, string>> = {}) {
  const args = ['--no-warnings', SCRIPT, '--stage', 'prod']
  const environment = { ...emulatorEnvironment(bench, emulatorUrl), ...changed }
  return bench.processes.run({ command: process.execPath, args, environment }, { mayFail: true })
}
