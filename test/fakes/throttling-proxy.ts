import * as z from 'zod'
import { KeyBudgets } from './key-budgets.ts'
import { refusal, startTableProxy, type TableReply, type TableRequest } from './table-proxy.ts'

/** The request units that each partition key has in a second. */
export interface KeyRates {
  readonly write: number
  readonly read: number
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
export const DYNAMODB_KEY_RATES: KeyRates = { write: 1_000, read: 3_000 }

const THROTTLED = refusal(400, 'ProvisionedThroughputExceededException')
const BYTES_PER_UNIT = { write: 1_024, read: 4_096 }

const valueSchema = z.record(z.string(), z.unknown())
const textSchema = z.object({ S: z.string() })
const keySchema = z.object({ pk: textSchema, sk: textSchema })
const putSchema = z.object({ Item: valueSchema })
const ofKeySchema = z.object({ Key: valueSchema })
const querySchema = z.looseObject({ ExpressionAttributeValues: z.looseObject({ ':pk': textSchema }) })
const queriedSchema = z.object({ ConsumedCapacity: z.object({ CapacityUnits: z.number() }) })
const requestSchema = z.object({ PutRequest: putSchema.optional(), DeleteRequest: ofKeySchema.optional() })
const batchWriteSchema = z.object({ RequestItems: z.record(z.string(), z.array(requestSchema)) })
const batchGetSchema = z.object({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(valueSchema) })),
})

type Value = z.infer<typeof valueSchema>
type WriteRequest = z.infer<typeof requestSchema>

/**
 * A proxy in front of a table that throttles each partition key, by the units that DynamoDB counts: 1 KB a write, also of a
 * deletion by what it deletes, and 4 KB a consistent read. Throttled parts of a batch are returned as unprocessed; a batch of
 * which nothing could be processed is refused. Its clock is the machine's, since it models a rate.
 */
export async function startThrottlingProxy(upstream: string, rates: KeyRates, nowMs = () => performance.now()) {
  const budgets = { write: new KeyBudgets(rates.write, nowMs), read: new KeyBudgets(rates.read, nowMs) }
  const counts = { requests: 0, throttled: 0 }
  /** The bytes of the items that take more than one write unit, by their keys. */
  const sizes = new Map<string, number>()
  const proxy = await startTableProxy(upstream, async (request) => {
    const reply = await answer(request)
    counts.requests += 1
    if (reply === THROTTLED) counts.throttled += 1
    return reply
  })
  return {
    endpoint: proxy.endpoint,
    close: proxy.close,
    /** What happened since the last call. `throttled` counts requests that were refused or answered in part. */
    takeCounts: () => {
      const taken = { ...counts, writeUnitsOfBusiestKey: budgets.write.mostTaken }
      Object.assign(counts, { requests: 0, throttled: 0 })
      budgets.write.startCount()
      return taken
    },
  }

  async function answer(request: TableRequest): Promise<TableReply> {
    const body: unknown = JSON.parse(request.body)
    switch (request.operation) {
      case 'PutItem':
        return take({ PutRequest: putSchema.parse(body) }) ? request.forward() : THROTTLED
      case 'DeleteItem':
        return take({ DeleteRequest: ofKeySchema.parse(body) }) ? request.forward() : THROTTLED
      case 'GetItem':
        return takeRead(ofKeySchema.parse(body).Key) ? request.forward() : THROTTLED
      case 'Query':
        return query(querySchema.parse(body), request)
      case 'BatchWriteItem':
        return batchWrite(batchWriteSchema.parse(body), request)
      case 'BatchGetItem':
        return batchGet(batchGetSchema.parse(body), request)
      default:
        return request.forward()
    }
  }

  async function query(body: z.infer<typeof querySchema>, { forward }: TableRequest): Promise<TableReply> {
    const pk = body.ExpressionAttributeValues[':pk'].S
    if (!budgets.read.hasAny(pk)) return THROTTLED
    const reply = await forward(JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' }))
    if (reply.status === 200) {
      budgets.read.owe(pk, queriedSchema.parse(JSON.parse(reply.text)).ConsumedCapacity.CapacityUnits)
    }
    return reply
  }

  async function batchWrite(
    { RequestItems }: z.infer<typeof batchWriteSchema>,
    { forward }: TableRequest,
  ): Promise<TableReply> {
    const [[tableName, requests] = ['', []]] = Object.entries(RequestItems)
    const { true: taken = [], false: left = [] } = Object.groupBy(requests, (each) => (take(each) ? 'true' : 'false'))
    if (taken.length === 0) return THROTTLED
    if (left.length === 0) return forward()
    const reply = await forward(JSON.stringify({ RequestItems: { [tableName]: taken } }))
    return inPart(reply, { UnprocessedItems: { [tableName]: left } })
  }

  async function batchGet(body: z.infer<typeof batchGetSchema>, { forward }: TableRequest): Promise<TableReply> {
    const [[tableName, asked] = ['', { Keys: [] }]] = Object.entries(body.RequestItems)
    const { true: taken = [], false: left = [] } = Object.groupBy(asked.Keys, (key) =>
      takeRead(key) ? 'true' : 'false',
    )
    if (taken.length === 0) return THROTTLED
    if (left.length === 0) return forward()
    const reply = await forward(JSON.stringify({ RequestItems: { [tableName]: { ...asked, Keys: taken } } }))
    return inPart(reply, { UnprocessedKeys: { [tableName]: { ...asked, Keys: left } } })
  }

  function inPart(reply: TableReply, unprocessed: object): TableReply {
    if (reply.status !== 200) return reply
    counts.throttled += 1
    return { ...reply, text: JSON.stringify({ ...valueSchema.parse(JSON.parse(reply.text)), ...unprocessed }) }
  }

  /** Takes the write units of the larger of the item before and after. */
  function take({ PutRequest: put, DeleteRequest: deletion }: WriteRequest): boolean {
    const { pk, sk } = keySchema.parse(put?.Item ?? deletion?.Key)
    const place = JSON.stringify([pk.S, sk.S])
    const bytes = put === undefined ? 0 : itemBytes(put.Item)
    if (!budgets.write.take(pk.S, unitsOf('write', Math.max(bytes, sizes.get(place) ?? 0)))) return false
    if (bytes > BYTES_PER_UNIT.write) sizes.set(place, bytes)
    else sizes.delete(place)
    return true
  }

  function takeRead(key: Value): boolean {
    const { pk, sk } = keySchema.parse(key)
    return budgets.read.take(pk.S, unitsOf('read', sizes.get(JSON.stringify([pk.S, sk.S])) ?? 0))
  }
}

function unitsOf(kind: 'write' | 'read', bytes: number): number {
  return Math.max(1, Math.ceil(bytes / BYTES_PER_UNIT[kind]))
}

function itemBytes(item: Value): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
function valueBytes(value: unknown): number {
  const [[type, content] = ['', '']] = Object.entries(valueSchema.parse(value))
  if (type === 'S') return Buffer.byteLength(String(content))
  if (type === 'B') return Buffer.byteLength(String(content), 'base64')
  if (type === 'N') return Math.ceil(String(content).length / 2) + 1
  if (type === 'L')
    return z
      .array(z.unknown())
      .parse(content)
      .reduce<number>((sum, each) => sum + 1 + valueBytes(each), 3)
  if (type === 'M') {
    const fields = valueSchema.parse(content)
    return 3 + Object.keys(fields).length + itemBytes(fields)
  }
  return 1
}
