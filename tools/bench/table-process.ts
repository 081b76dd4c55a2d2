import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { serve } from './child.ts'
import type { TableConnection } from './table-connection.ts'

// The emulator in its own process.
const { table } = await startEmulatedTable()

serve({
  connection: async (): Promise<TableConnection> => {
    const { config } = table.client
    const endpoint = await config.endpoint?.()
    const { accessKeyId } = await config.credentials()
    return { endpoint: `http://127.0.0.1:${endpoint?.port}`, accessKeyId, tableName: table.tableName }
  },
})
