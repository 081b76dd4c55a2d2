import { AcceptanceRepository } from './acceptances.ts'
import { AuditRepository } from './audit.ts'
import { IntegrationRepository } from './integrations.ts'
import { NameRepository } from './names.ts'
import { OutcomeRepository } from './outcomes.ts'
import { PersonSecretRepository } from './person-secret.ts'
import { RecordRepository } from './records.ts'
import { ReviewDecisionRepository } from './review-decisions.ts'
import { ReviewPartRepository } from './review-parts.ts'
import { ReviewRepository } from './reviews.ts'
import { RosterRepository } from './roster.ts'
import { SnapshotRepository } from './snapshots.ts'
import { SyncRepository } from './syncs.ts'
import type { Table } from './table-access.ts'

export type Repositories = Readonly<ReturnType<typeof createRepositories>>

/** All repositories of a table. */
export function createRepositories(table: Table) {
  return {
    integrations: new IntegrationRepository(table),
    names: new NameRepository(table),
    syncs: new SyncRepository(table),
    records: new RecordRepository(table),
    snapshots: new SnapshotRepository(table),
    personSecret: new PersonSecretRepository(table),
    acceptances: new AcceptanceRepository(table),
    outcomes: new OutcomeRepository(table),
    roster: new RosterRepository(table),
    reviews: new ReviewRepository(table),
    reviewParts: new ReviewPartRepository(table),
    reviewDecisions: new ReviewDecisionRepository(table),
    audit: new AuditRepository(table),
  }
}
