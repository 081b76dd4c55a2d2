import { DefaultStackSynthesizer } from 'aws-cdk-lib'
import { type Check, missing, ok } from '../check.ts'

/** `MIN_BOOTSTRAP_STACK_VERSION` of CDK's `DefaultStackSynthesizer`, which its file assets need. */
const VERSION_AT_LEAST = 6

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export const bootstrap: Check = {
  name: 'bootstrap',
  asksAccount: true,
  run: async ({ account, accountId, region, config: { bootstrapQualifier: own } }) => {
    const qualifier = own ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER
    const version = await account.parameter(`/cdk-bootstrap/${qualifier}/version`)
    const option = own === undefined ? '' : ` --qualifier ${own}`
    const command = `npx cdk bootstrap aws://${accountId}/${region}${option}`
    if (version === undefined) return missing(`CDK’s bootstrap stack is not in ${region}: ${command}`)
    return Number(version) >= VERSION_AT_LEAST
      ? ok(`CDK’s bootstrap stack has version ${version}`)
      : missing(`CDK’s bootstrap stack has version ${version}, and ${VERSION_AT_LEAST} is needed: ${command}`)
  },
}
