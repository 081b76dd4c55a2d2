import { hash } from 'node:crypto'
import type { FindingType } from '../domain/finding.ts'
import type { Evidence, Finding } from './finding.ts'
import type { JudgedOrganization } from './judged-organization.ts'

/** Enough that no two of billions of findings have the same id. */
const HASH_LENGTH = 22
const ID = /^[a-z_]+\.(?<integrationId>[0-9A-Z]{26})\.[\w-]{22}$/i

/** `identity` tells subjects of one type and organization apart. The id has a hash of it. */
export function newFinding(
  { integration }: Pick<JudgedOrganization, 'integration'>,
  identity: string,
  finding: Omit<Finding, 'id' | 'integrationId' | 'integrationName'>,
): Finding {
  const { id: integrationId, name: integrationName } = integration
  return { id: findingId(finding.evidence.type, integrationId, identity), integrationId, integrationName, ...finding }
}

/** The integration in the id of a finding. Undefined for a text that is no such id. */
export function integrationIdIn(findingId: string): string | undefined {
  return ID.exec(findingId)?.groups?.['integrationId']
}

/** True for the id of a finding of this type. */
export function isIdOf(type: FindingType, findingId: string): boolean {
  return findingId.startsWith(`${type}.`)
}

function findingId(type: Evidence['type'], integrationId: string, identity: string): string {
  return `${type}.${integrationId}.${hash('sha256', identity, 'base64url').slice(0, HASH_LENGTH)}`
}
