import type { CsvColumns } from './csv-columns.ts'
import type { WireReviewItem } from './review-items-contract.ts'

type Member = Extract<WireReviewItem, { kind: 'member' }>['evidence']
type Key = Extract<WireReviewItem, { kind: 'key' }>['evidence']

const subjectColumns: CsvColumns<WireReviewItem> = {
  itemId: ({ id }) => id,
  kind: ({ kind }) => kind,
  integrationId: ({ integrationId }) => integrationId,
  integrationName: ({ integrationName }) => integrationName,
  provider: ({ provider }) => provider,
  subjectId: ({ subject }) => subject.id,
  subjectLabel: ({ subject }) => subject.label,
}

const memberColumns: CsvColumns<Member> = {
  email: ({ email }) => email,
  name: ({ name }) => name,
  role: ({ role }) => role,
  accountStatus: ({ accountStatus }) => accountStatus,
  seatType: ({ seat }) => seat?.type ?? null,
  seatReason: ({ seat }) => seat?.reason ?? null,
  license: ({ license }) => license,
  lastActiveOn: ({ lastActiveOn }) => lastActiveOn,
  lastActivitySource: ({ lastActivitySource }) => lastActivitySource,
  lastLoginOn: ({ lastLoginOn }) => lastLoginOn,
  requests: ({ requests }) => requests,
  cost: ({ cost }) => cost && { number: cost.amount },
  currency: ({ cost }) => cost?.currency ?? null,
  addedAt: ({ addedAt }) => addedAt,
  keys: ({ keys }) => keys,
  department: ({ department }) => department,
  manager: ({ manager }) => manager,
}

const keyColumns: CsvColumns<Key> = {
  keyKind: ({ kind }) => kind,
  name: ({ name }) => name,
  hint: ({ hint }) => hint,
  projectId: ({ project }) => project?.id ?? null,
  projectName: ({ project }) => project?.name ?? null,
  ownerKind: ({ owner }) => owner?.kind ?? null,
  ownerId: ({ owner }) => owner?.id ?? null,
  ownerEmail: ({ owner }) => owner?.email ?? null,
  ownerName: ({ owner }) => owner?.name ?? null,
  ownerStatus: ({ owner }) => owner?.status ?? null,
  createdAt: ({ createdAt }) => createdAt,
  lastUsedOn: ({ lastUsedOn }) => lastUsedOn,
  expiresAt: ({ expiresAt }) => expiresAt,
  status: ({ status }) => status,
  cost: ({ cost }) => cost && { number: cost.amount },
  currency: ({ cost }) => cost?.currency ?? null,
}

const judgedColumns: CsvColumns<WireReviewItem> = {
  syncId: ({ evidence }) => evidence.syncId,
  syncedAt: ({ evidence }) => evidence.syncedAt,
  change: ({ evidence }) => evidence.change,
  decision: ({ decision }) => decision?.value ?? null,
  note: ({ decision }) => decision?.note ?? null,
  decidedBy: ({ decision }) => decision?.by.email ?? null,
  decidedBySubject: ({ decision }) => decision?.by.subject ?? null,
  decidedAt: ({ decision }) => decision?.at ?? null,
  outcome: ({ outcome }) => outcome?.state ?? null,
  outcomeSyncId: ({ outcome }) => outcome?.syncId ?? null,
  outcomeAt: ({ outcome }) => outcome?.at ?? null,
}

/** One row for each item, by what the review is about: members or keys. */
export const reviewColumns: Readonly<Record<WireReviewItem['kind'], CsvColumns<WireReviewItem>>> = {
  member: {
    ...subjectColumns,
    ...ofEvidence(memberColumns, (item) => (item.kind === 'member' ? item.evidence : undefined)),
    ...judgedColumns,
  },
  key: {
    ...subjectColumns,
    ...ofEvidence(keyColumns, (item) => (item.kind === 'key' ? item.evidence : undefined)),
    ...judgedColumns,
  },
}

function ofEvidence<Evidence>(
  columns: CsvColumns<Evidence>,
  evidenceOf: (item: WireReviewItem) => Evidence | undefined,
): CsvColumns<WireReviewItem> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, cell]) => [
      name,
      (item: WireReviewItem) => {
        const evidence = evidenceOf(item)
        return evidence === undefined ? null : cell(evidence)
      },
    ]),
  )
}
