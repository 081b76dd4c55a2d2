import { runInNewContext } from 'node:vm'
import { checkStage } from '../../infra/settings/check-config.ts'
import type { OidcSignIn, RoleConfig } from '../../infra/settings/stage-config.ts'
import { blocksOf, pageText } from '../docs/pages.ts'
import { aStage } from '../infra/stacks.ts'

/** What a recipe of docs/sign-in.md says to write into `infra/config.ts`. */
export interface Recipe {
  readonly signIn: OidcSignIn
  readonly roles: RoleConfig
}

/** The recipe under a heading of docs/sign-in.md, as the page has it. Throws when the configuration would be refused. */
export function recipeOf(heading: string): Recipe {
  const section = pageText('sign-in.md')
    .split(/^## /m)
    .find((each) => each.startsWith(`${heading}\n`))
  const [block] = blocksOf(section ?? '', 'ts')
  if (block === undefined) throw new Error(`docs/sign-in.md has no configuration under “${heading}”.`)
  const { signIn, roles } = checkStage(aStage(runInNewContext(`({${block}})`)), heading)
  if (signIn.kind !== 'oidc') throw new Error(`The recipe “${heading}” is not for an issuer.`)
  return { signIn, roles }
}
