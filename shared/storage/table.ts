import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import type { Day } from '../domain/day.ts'

/** The names of the table's two key attributes, both strings. */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk' } as const

/** The key of one item. */
export interface ItemKey {
  readonly pk: string
  readonly sk: string
}

const NO_USER = 'NO_USER'
const USER_PREFIX = 'USER#'

/**
 * DynamoDB gives one partition key 1,000 write units and 3,000 read units a second, and a part takes up to 350 and 88.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export const SNAPSHOT_PARTITIONS = 8

interface PersonAndDay {
  readonly day: Day
  readonly userId: string | null
}

interface OutcomeId {
  readonly integrationId: string
  readonly reviewId: string
  readonly itemId: string
}

/** The partition of one series and day, for all users: `USAGE#<id>#<day>` for usage. */
function seriesDayKey(integrationId: string, seriesId: string, day: Day): string {
  return `${seriesId.toUpperCase()}#${integrationId}#${day}`
}

function snapshotPartition(integrationId: string, generation: string, place: number): string {
  return `SNAPSHOT#${integrationId}#${generation}#${place}`
}

/** All key builders of the table. `docs/table.md` lists the access patterns. */
export const keys = {
  integrations: 'INTEGRATIONS',
  integration: (id: string): ItemKey => ({ pk: 'INTEGRATIONS', sk: `INTEGRATION#${id}` }),
  names: 'NAMES',
  name: (normalizedName: string): ItemKey => ({ pk: 'NAMES', sk: `NAME#${normalizedName}` }),
  auditEvents: 'AUDIT',
  auditEvent: (id: string): ItemKey => ({ pk: 'AUDIT', sk: id }),
  syncs: (integrationId: string) => `SYNCS#${integrationId}`,
  sync: (integrationId: string, syncId: string): ItemKey => ({ pk: `SYNCS#${integrationId}`, sk: syncId }),
  progressNote: (integrationId: string): ItemKey => ({ pk: 'PROGRESS', sk: `INTEGRATION#${integrationId}` }),
  users: (integrationId: string) => `USERS#${integrationId}`,
  user: (integrationId: string, userId: string): ItemKey => ({
    pk: `USERS#${integrationId}`,
    sk: `${USER_PREFIX}${userId}`,
  }),
  seriesDay: seriesDayKey,
  personDay: (integrationId: string, seriesId: string, { day, userId }: PersonAndDay): ItemKey => ({
    pk: seriesDayKey(integrationId, seriesId, day),
    sk: userId === null ? NO_USER : `${USER_PREFIX}${userId}`,
  }),
  acceptances: 'ACCEPTANCES',
  acceptance: (findingId: string): ItemKey => ({ pk: 'ACCEPTANCES', sk: findingId }),
  outcomes: 'OUTCOMES',
  /** What the sort keys of all outcomes of an integration begin with. */
  outcomesOf: (integrationId: string) => `${integrationId}#`,
  outcome: ({ integrationId, reviewId, itemId }: OutcomeId): ItemKey => ({
    pk: 'OUTCOMES',
    sk: `${integrationId}#${reviewId}#${itemId}`,
  }),
  personSecret: { pk: 'PEOPLE', sk: 'ID_SECRET' },
  roster: 'ROSTER',
  rosterPointer: { pk: 'ROSTER', sk: 'POINTER' },
  /** What the sort keys of all parts of a generation begin with. */
  rosterParts: (generation: string) => `PART#${generation}#`,
  rosterPart: (generation: string, part: number): ItemKey => ({
    pk: 'ROSTER',
    sk: `PART#${generation}#${String(part).padStart(6, '0')}`,
  }),
  reviews: 'REVIEWS',
  review: (id: string): ItemKey => ({ pk: 'REVIEWS', sk: `REVIEW#${id}` }),
  /** All parts of a review: its evidence and the copies of its decisions. */
  reviewParts: (reviewId: string) => `REVIEW#${reviewId}`,
  reviewPart: (reviewId: string, list: string, part: number): ItemKey => ({
    pk: `REVIEW#${reviewId}`,
    sk: `${list}_PART#${String(part).padStart(6, '0')}`,
  }),
  reviewDecisions: (reviewId: string) => `REVIEW_DECISIONS#${reviewId}`,
  reviewDecision: (reviewId: string, callId: string): ItemKey => ({ pk: `REVIEW_DECISIONS#${reviewId}`, sk: callId }),
  /** All partitions over which the parts of a snapshot are spread. */
  snapshotPartitions: (integrationId: string, generation: string): readonly string[] =>
    Array.from({ length: SNAPSHOT_PARTITIONS }, (_, place) => snapshotPartition(integrationId, generation, place)),
  snapshotPart: (integrationId: string, generation: string, part: number): ItemKey => ({
    pk: snapshotPartition(integrationId, generation, part % SNAPSHOT_PARTITIONS),
    sk: `PART#${String(part).padStart(6, '0')}`,
  }),
} as const

/** The `CreateTable` input for emulators. The CDK construct uses the same `TABLE_KEYS`. */
export function createTableInput(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: TABLE_KEYS.partition, AttributeType: 'S' },
      { AttributeName: TABLE_KEYS.sort, AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: TABLE_KEYS.partition, KeyType: 'HASH' },
      { AttributeName: TABLE_KEYS.sort, KeyType: 'RANGE' },
    ],
  }
}
