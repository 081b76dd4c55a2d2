import { type Check, missing, ok } from '../check.ts'

const USABLE = new Set(['ENABLED', 'ENABLED_BY_DEFAULT'])

/** Regions introduced after 2019 must be enabled by the account's owner. */
export const region: Check = {
  name: 'region',
  asksAccount: true,
  run: async ({ account, region }) => {
    const status = await account.regionStatus(region)
    if (status === undefined)
      return missing(`AWS has no region ${region}: check “region” in infra/config.ts, or AWS_REGION`)
    return USABLE.has(status)
      ? ok(`${region} is enabled`)
      : missing(
          `${region} is ${status.toLowerCase()} in this account: enable it under “AWS Regions”, or choose another`,
        )
  },
}
