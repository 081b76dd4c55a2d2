import { type Check, notChecked, ok } from '../check.ts'

/**
 * No API reports beforehand whether AWS Support must verify an account first. An existing distribution proves that it
 * need not.
 */
export const cloudFront: Check = {
  name: 'CloudFront',
  asksAccount: true,
  run: async ({ account }) =>
    (await account.hasDistributions())
      ? ok('this account has distributions, so it may make them')
      : notChecked(
          'AWS does not tell beforehand whether a new account may make a distribution. If the deployment fails with “Your account must be verified before you can add new CloudFront resources”, open a case with AWS Support, as docs/deploy.md says',
        ),
}
