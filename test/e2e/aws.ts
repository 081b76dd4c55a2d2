import { join } from 'node:path'
import { startSimulatedOrganization } from '../../infra/local/simulated-organization/server.ts'
import { AwsCalls } from './aws-calls.ts'
import { Cdk } from './cdk.ts'
import { E2E_AUDIENCE } from './deployment-names.ts'
import { startMiniStack } from './ministack.ts'
import { startOidcIssuer } from './oidc-issuer.ts'
import type { Bench, Step } from './step.ts'

/** The whole stack, deployed for real to an emulator of AWS and driven from outside. */
export const awsStep: Step = {
  name: 'aws',
  shows: 'cdk deploy of the whole stack to an emulator of AWS, and the product there, driven from outside',
  run: runAws,
}

async function runAws(bench: Bench): Promise<void> {
  const organization = await startSimulatedOrganization({ members: 120 })
  bench.onEnd(() => organization.close())
  const issuer = await startOidcIssuer(E2E_AUDIENCE)
  bench.onEnd(() => issuer.close())
  const emulator = await startMiniStack(bench)
  const aws = new AwsCalls(bench, emulator.url)
  const cdk = new Cdk(bench, { emulatorUrl: emulator.url, issuer: issuer.url, openAiBaseUrl: organization.baseUrl })
  const t = Date.now()
  await cdk.synth(join(bench.folder, 'cdk.whole'))
  bench.say(`synth ${Date.now() - t}`)
  await cdk.bootstrap()
  bench.say(`boot ${Date.now() - t}`)
  bench.say((await cdk.deploy(join(bench.folder, 'outputs.json'))).slice(-3000))
  bench.say(`deploy ${Date.now() - t}`)
  void aws
  if (process.env['HOLD']) {
    const { writeFileSync } = await import('node:fs')
    writeFileSync(
      '/tmp/hold.json',
      JSON.stringify({
        url: emulator.url,
        admin: await issuer.token({ subject: 'a', claims: { groups: ['rollcall-admin'] } }),
        keys: organization.keys,
      }),
    )
    setInterval(() => writeFileSync('/tmp/hold.log', emulator.text()), 1000)
    await new Promise((r) => setTimeout(r, Number(process.env['HOLD']) * 1000))
  }
}
