import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { smokeApp } from '../../tools/smoke/smoke-app.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { UNKNOWN_TO_EMULATOR } from './emulator-limits.ts'
import { replaceMetricMath } from './plain-alarms.ts'

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() })),
})
const issuerSchema = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('ProviderURL')]) })

// The smoke test's own app, whose template is adapted to the emulator once it is written.
const app = smokeApp()
replaceMetricMath(app)
for (const { templateFullPath } of app.synth().stacks) {
  const adapted = adaptToEmulator(templateSchema.parse(JSON.parse(readFileSync(templateFullPath, 'utf8'))))
  writeFileSync(templateFullPath, JSON.stringify(adapted, withIssuer))
}

/**
 * Without the types of resources that the emulator does not know, on which nothing depends; with time limits that do not depend
 * on how busy this machine is, by whose clock it ends functions.
 */
function adaptToEmulator({ Resources: all, ...rest }: z.output<typeof templateSchema>) {
  const Resources = Object.fromEntries(
    Object.entries(all).filter(([, { Type }]) => !UNKNOWN_TO_EMULATOR.includes(Type)),
  )
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::Lambda::Function' && Properties !== undefined) Properties['Timeout'] = WATCHDOG_MS / 1000
  }
  return { ...rest, Resources }
}

/** A user pool's issuer, which the emulator does not tell, put together as AWS does. */
function withIssuer(_name: string, value: unknown): unknown {
  const issuer = issuerSchema.safeParse(value)
  if (!issuer.success) return value
  const [pool] = issuer.data['Fn::GetAtt']
  return { 'Fn::Sub': `https://cognito-idp.\${AWS::Region}.amazonaws.com/\${${pool}}` }
}
