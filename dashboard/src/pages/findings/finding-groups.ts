import type { WireFinding } from '../../../../shared/contracts/findings-contract.ts'

/** Findings of one organization for which the same is to be done. */
export interface OrganizationFindings {
  readonly id: string
  readonly integrationId: string
  readonly integrationName: string
  readonly action: WireFinding['action']
  readonly findings: readonly WireFinding[]
}

/** The findings of a type. */
export interface TypeFindings {
  readonly type: WireFinding['type']
  readonly organizations: readonly OrganizationFindings[]
}

/** Groups findings by type and organization. The groups keep the order of their first findings: the most severe first. */
export function groupFindings(findings: readonly WireFinding[]): TypeFindings[] {
  return [...Map.groupBy(findings, ({ type }) => type)].map(([type, ofType]) => ({
    type,
    organizations: byOrganization(ofType),
  }))
}

function byOrganization(findings: readonly WireFinding[]): OrganizationFindings[] {
  const groups = Map.groupBy(findings, ({ integrationId, action }) => `${integrationId} ${action.text} ${action.url}`)
  return [...groups].flatMap(([id, ofOrganization]) => {
    const [first] = ofOrganization
    if (first === undefined) return []
    const { integrationId, integrationName, action } = first
    return { id, integrationId, integrationName, action, findings: ofOrganization }
  })
}
