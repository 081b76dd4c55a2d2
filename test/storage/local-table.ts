import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { CreateTableCommand } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { createTableInput } from '../../shared/storage/table.ts'
import { Table } from '../../shared/storage/table-access.ts'

/** A table of its own on an emulator in memory that speaks the real protocol, on a free port of 127.0.0.1. */
export async function startLocalTable() {
  const server = dynalite({ createTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = createDocumentClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  await client.send(new CreateTableCommand(createTableInput('rollcall')))
  return {
    client,
    table: new Table({ client, tableName: 'rollcall' }),
    close: async () => {
      client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
