import { ownDomainPrefix } from '../../../infra/constructs/sign-in/cognito-address.ts'
import { type Check, missing, ok } from '../check.ts'

/** A prefix can belong to only one user pool in a region, across all accounts. */
export const cognitoDomain: Check = {
  name: 'sign-in page',
  asksAccount: true,
  run: async ({ account, accountId, config: { signIn }, stackName, region }) => {
    if (signIn.kind !== 'cognito' || accountId === undefined) return undefined
    const prefix = signIn.domainPrefix ?? ownDomainPrefix(stackName, accountId)
    const address = `${prefix}.auth.${region}.amazoncognito.com`
    const owner = await account.ownerOfDomainPrefix(prefix)
    if (owner === undefined) return ok(`${address} is free, as far as Cognito tells`)
    const isDeployed = (await account.stackStatus(stackName)) !== undefined
    if (owner === accountId && isDeployed) return ok(`${address} is this account’s`)
    const whose = owner === accountId ? 'another user pool of this account' : 'another account'
    return missing(`${address} is taken by ${whose}: set another signIn.domainPrefix`)
  },
}
