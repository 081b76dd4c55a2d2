import type { WireFinding } from '../../../../shared/contracts/findings-contract.ts'

/** Findings for which the same is to be done. */
export interface ActionFindings {
  readonly action: WireFinding['action']
  readonly findings: readonly WireFinding[]
}

/** The findings of one organization. */
export interface OrganizationFindings {
  readonly integrationId: string
  readonly integrationName: string
  readonly actions: readonly ActionFindings[]
}

/** The findings of a type. */
export interface TypeFindings {
  readonly type: WireFinding['type']
  readonly organizations: readonly OrganizationFindings[]
}

/**
 * Groups findings by type, organization and what is to be done. Of a type, each organization is there once. The groups
 * keep the order of their first findings: the most severe first.
 */
export function groupFindings(findings: readonly WireFinding[]): TypeFindings[] {
  return [...Map.groupBy(findings, ({ type }) => type)].map(([type, ofType]) => ({
    type,
    organizations: byOrganization(ofType),
  }))
}

function byOrganization(findings: readonly WireFinding[]): OrganizationFindings[] {
  return [...Map.groupBy(findings, ({ integrationId }) => integrationId).values()].flatMap((ofOrganization) => {
    const [first] = ofOrganization
    if (first === undefined) return []
    const { integrationId, integrationName } = first
    return { integrationId, integrationName, actions: byAction(ofOrganization) }
  })
}

function byAction(findings: readonly WireFinding[]): ActionFindings[] {
  return [...Map.groupBy(findings, ({ action }) => `${action.text} ${action.url}`).values()].flatMap((ofAction) => {
    const [first] = ofAction
    return first === undefined ? [] : { action: first.action, findings: ofAction }
  })
}
