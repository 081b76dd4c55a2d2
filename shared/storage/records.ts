import * as z from 'zod'
import { bySeries, tablesBySeries } from '../data-sets/by-series.ts'
import { type DaySeries, dimensionNames, recordOf } from '../data-sets/data-set.ts'
import type { PersonDay, PersonDayChange } from '../data-sets/day-series/changes.ts'
import { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import { personSchema } from '../data-sets/directory/directory.ts'
import type { ItemChange } from '../data-sets/list-changes.ts'
import { DAY_SERIES } from '../data-sets/registry.ts'
import type { RecordedData } from '../data-sets/snapshot.ts'
import { daysOfWindow, type Window } from '../domain/window.ts'
import type { Joined } from '../integrations/same-organization.ts'
import { batchGet } from './batch-get.ts'
import { PersonDayTooLargeError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import { keys } from './table.ts'
import type { Table, Write } from './table-access.ts'

/** Size as JSON, which is larger than what DynamoDB counts toward its limit of 400 KB per item. */
const ROWS_BYTES_AT_MOST = 300 * 1024
/** How many days are deleted at once. DynamoDB takes about 1,000 writes a second under the key of one day. */
const DAYS_AT_ONCE = 4

/** The record: an item per person, and an item per person, day and series. It can be queried and exported. */
export class RecordRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Writes and deletes people, and returns how many. `checkpoint` is called before each batch and can throw to stop. */
  async writeUsers(
    integrationId: string,
    changes: Iterable<ItemChange<SnapshotPerson>>,
    checkpoint?: () => void,
  ): Promise<number> {
    return this.table.batchWrite(userWrites(integrationId, changes), checkpoint)
  }

  /** Writes and deletes people's days in a series, and returns how many. Throws `PersonDayTooLargeError`. */
  async writeDays(
    integrationId: string,
    seriesId: string,
    changes: Iterable<PersonDayChange>,
    checkpoint?: () => void,
  ): Promise<number> {
    return this.table.batchWrite(dayWrites(integrationId, seriesId, changes), checkpoint)
  }

  /** Finds which of these people are stored as present members of their integration. */
  async findMembers(
    wanted: readonly { readonly integrationId: string; readonly userId: string }[],
  ): Promise<(Joined & { readonly integrationId: string })[]> {
    const integrations = new Map(wanted.map(({ integrationId }) => [keys.users(integrationId), integrationId]))
    const userKeys = wanted.map(({ integrationId, userId }) => keys.user(integrationId, userId))
    const found = await batchGet(this.table, userKeys)
    return found.flatMap((item) => {
      const { userId, addedAt, removedAt } = personSchema.parse(item)
      const integrationId = integrations.get(String(item['pk']))
      return integrationId === undefined || removedAt !== null ? [] : [{ integrationId, userId, addedAt }]
    })
  }

  /** Reads the whole record of an integration, with the days in the window. */
  async readRecord(integrationId: string, window: Window): Promise<RecordedData> {
    const people: SnapshotPerson[] = []
    for await (const item of this.table.queryAll(keys.users(integrationId))) people.push(personSchema.parse(item))
    const builders = bySeries((series) => new DayTableBuilder<DaySeries>(series, window))
    for (const { id } of DAY_SERIES) await this.readDays(integrationId, builders[id])
    return { people, series: tablesBySeries(({ id }) => builders[id].build()) }
  }

  private async readDays(integrationId: string, table: DayTableBuilder): Promise<void> {
    const schema = personDaySchema(table.series)
    for (const [place, day] of table.days.entries()) {
      for await (const item of this.table.queryAll(keys.seriesDay(integrationId, table.series.id, day))) {
        const { userId, rows } = schema.parse(item)
        for (const { labels, amounts } of rows) table.addOn(place, { userId, labels }, amounts)
      }
    }
  }

  /** Deletes all people and their days in the window. Can be repeated. */
  async deleteRecord(integrationId: string, window: Window): Promise<void> {
    await this.table.deletePartition(keys.users(integrationId))
    for (const { id } of DAY_SERIES) {
      await forEachConcurrent(daysOfWindow(window), DAYS_AT_ONCE, (day) =>
        this.table.deletePartition(keys.seriesDay(integrationId, id, day)),
      )
    }
  }
}

/** A stored day of a person. The rows have the form that the table builder accepts. */
function personDaySchema(series: DaySeries) {
  const labels = z.object(recordOf(dimensionNames(series), () => z.string()))
  const amounts = z.object(
    Object.fromEntries(series.measures.map(({ name, kind }) => [name, kind === 'money' ? z.string() : z.number()])),
  )
  const row = z.unknown().transform((stored) => ({
    labels: Object.values(labels.parse(stored)),
    amounts: Object.values(amounts.parse(stored)),
  }))
  return z.object({ userId: z.string().nullable(), rows: z.array(row) })
}

function* userWrites(integrationId: string, changes: Iterable<ItemChange<SnapshotPerson>>): Generator<Write> {
  for (const change of changes) {
    if ('put' in change) yield { put: { ...keys.user(integrationId, change.put.userId), ...change.put } }
    else yield { delete: keys.user(integrationId, change.delete) }
  }
}

/** Days that are too large are left out, and the first of them is thrown at the end. */
function* dayWrites(integrationId: string, seriesId: string, changes: Iterable<PersonDayChange>): Generator<Write> {
  let tooLarge: PersonDayTooLargeError | undefined
  for (const change of changes) {
    const refusal = 'put' in change ? refusalOf(seriesId, change.put) : undefined
    tooLarge ??= refusal
    if (refusal !== undefined) continue
    if ('put' in change) yield { put: { ...keys.personDay(integrationId, seriesId, change.put), ...change.put } }
    else yield { delete: keys.personDay(integrationId, seriesId, change.delete) }
  }
  if (tooLarge !== undefined) throw tooLarge
}

function refusalOf(seriesId: string, { day, rows }: PersonDay): PersonDayTooLargeError | undefined {
  const sizeBytes = Buffer.byteLength(JSON.stringify(rows))
  return sizeBytes > ROWS_BYTES_AT_MOST ? new PersonDayTooLargeError(seriesId, day, sizeBytes) : undefined
}
