import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Units } from './counts.ts'

const consumedSchema = z.object({ CapacityUnits: z.number() })
const outputSchema = z.object({ ConsumedCapacity: z.union([consumedSchema, z.array(consumedSchema)]).optional() })

/**
 * Counts a client's requests to its table in DynamoDB's request units: a write of up to 1 KB, or a strongly consistent
 * read of up to 4 KB, each rounded up. The table's answers report the units.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-unit-calculations.html
 */
export class RequestCounter {
  private counted: Units = { requests: 0, writeUnits: 0, readUnits: 0 }

  constructor(client: DynamoDBDocumentClient) {
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (request) => {
          const reply = await next({ ...request, input: { ...request.input, ReturnConsumedCapacity: 'TOTAL' } })
          this.add(commandName, outputSchema.parse(reply.output))
          return reply
        },
      { step: 'initialize', name: 'countRequests' },
    )
  }

  /** The counts since the last call. */
  take(): Units {
    const counted = this.counted
    this.counted = { requests: 0, writeUnits: 0, readUnits: 0 }
    return counted
  }

  private add(commandName: string, { ConsumedCapacity: consumed }: z.infer<typeof outputSchema>): void {
    const tables = consumed === undefined ? [] : [consumed].flat()
    const units = tables.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
    const isRead = /^(Get|Query|BatchGet|Scan)/.test(commandName)
    const { requests, writeUnits, readUnits } = this.counted
    this.counted = {
      requests: requests + 1,
      writeUnits: writeUnits + (isRead ? 0 : units),
      // An answer without an item is billed too, but the emulator reports 0 units for an empty query.
      readUnits: readUnits + (isRead ? Math.max(units, 1) : 0),
    }
  }
}
