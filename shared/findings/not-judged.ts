import { KEY_FINDINGS } from '../data-sets/keys/key-findings.ts'
import type { FindingType } from '../domain/finding.ts'
import { dataSetState } from '../integrations/integration.ts'
import type { NotJudged } from './finding.ts'
import type { JudgedDirectory, JudgedOrganization, Judgement } from './judged-organization.ts'

/** The types that could not be judged in an organization, by the data set that was not read. */
export function notJudgedIn(organization: JudgedOrganization, { roster }: Pick<Judgement, 'roster'>): NotJudged[] {
  const { directory, keys, costs, removals } = organization
  const ofMembers: FindingType[] = [
    'external_owner',
    ...(roster === null ? [] : (['not_in_roster'] as const)),
    'idle_member',
  ]
  const isKeyRemoval = removals.some(({ subject }) => subject.kind === 'key')
  const ofKeys: FindingType[] = [...KEY_FINDINGS, ...(isKeyRemoval ? (['removal_not_done'] as const) : [])]
  const isUseUnknown = directory !== null && isUseUnknownIn(directory)
  return [
    ...(directory === null ? [unread(organization, 'directory', ofMembers)] : []),
    ...(keys === null ? [unread(organization, 'keys', ofKeys)] : []),
    ...(costs === null ? [unread(organization, 'costs', ['spend_spike'])] : []),
    ...(isUseUnknown ? [{ ...about(organization, 'usage', ['idle_member']), state: 'not_attributed' as const }] : []),
  ]
}

/** The types whose absence proves nothing: not judged, or without a setting or a time that they are judged by. */
export function unprovenTypes(organization: JudgedOrganization, judgement: Judgement): ReadonlySet<FindingType> {
  const { companyDomains, directory, keys } = organization
  const isUseOfKeysUnknown = keys?.listed.some(({ isUseKnown }) => !isUseKnown) === true
  return new Set([
    ...notJudgedIn(organization, judgement).flatMap(({ types }) => types),
    ...(companyDomains.length === 0 ? (['external_owner', 'not_in_roster'] as const) : []),
    ...(judgement.roster === null ? (['not_in_roster'] as const) : []),
    ...(isUseOfKeysUnknown ? (['stale_key'] as const) : []),
    ...(directory === null || keys === null ? (['removal_not_done'] as const) : []),
  ])
}

function unread(organization: JudgedOrganization, dataSet: string, types: readonly FindingType[]): NotJudged {
  const state = dataSetState(organization.integration, dataSet)
  return { ...about(organization, dataSet, types), state: state === 'current' ? 'never_read' : state }
}

function about({ integration }: JudgedOrganization, dataSet: string, types: readonly FindingType[]) {
  return { integrationId: integration.id, integrationName: integration.name, dataSet, types }
}

function isUseUnknownIn({ derivation }: JudgedDirectory): boolean {
  return !derivation.usageProvesAbsence && derivation.entitlements.some(({ license }) => license === 'no_data')
}
