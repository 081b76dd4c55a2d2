import { Table } from '../../shared/storage/table-access.ts'

/** A command on its way to DynamoDB. */
export interface SentCommand {
  /** `PutCommand`, say. */
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  readonly isWrite: boolean
}

/** Decides what happens to a command. `forward` sends it. */
export type Interceptor = (command: SentCommand, forward: () => Promise<unknown>) => Promise<unknown>

/** A table whose every command passes an interceptor, which can simulate any behavior of DynamoDB. */
export function tableThrough(table: Table, intercept: Interceptor): Table {
  const { client, tableName, newPace } = table
  const proxied = new Proxy(client, {
    get(target, property, receiver) {
      if (property !== 'send') return Reflect.get(target, property, receiver) as unknown
      return (command: Parameters<typeof client.send>[0]) => {
        const { name } = command.constructor
        const isWrite = !/^(Get|Query|Scan|BatchGet)Command$/.test(name)
        return intercept({ name, input: { ...command.input }, isWrite }, () => client.send(command))
      }
    },
  })
  return new Table({ client: proxied, tableName, newPace })
}
