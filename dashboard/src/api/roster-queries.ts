import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WireAuditEvent } from '../../../shared/contracts/audit-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { COMPANY_KEY } from './company-queries.ts'
import { firstPage } from './first-page.ts'
import { PEOPLE_KEY } from './people-queries.ts'

const EVENTS_A_PAGE = '20'

/** The first bytes of a gzip file (RFC 1952). */
const GZIP_START = [0x1f, 0x8b]

/**
 * When and by whom the current roster was uploaded: the newest upload that succeeded, in the audit events. Null if they do
 * not reach back to it. For admins. Nothing is requested unless there is a roster.
 */
export function useRosterUpload(isThere: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: [...PEOPLE_KEY, 'roster-upload'],
    queryFn: async ({ signal }): Promise<WireAuditEvent | null> => {
      let cursor = firstPage()
      do {
        const query = { operation: operations.replaceRoster.operationId, limit: EVENTS_A_PAGE, cursor }
        const { items, nextCursor } = await api.call(operations.listAuditEvents, { query, signal })
        const found = items.find(({ outcome }) => outcome === 'succeeded')
        if (found !== undefined) return found
        cursor = nextCursor ?? undefined
      } while (cursor !== undefined)
      return null
    },
    enabled: isThere,
  })
}

/** Replaces the roster with the text of a CSV file. */
export function useReplaceRoster() {
  const api = useApi()
  const refetch = useRefetchAfterRoster()
  return useMutation({
    mutationFn: async (file: File) => api.call(operations.replaceRoster, { body: await rosterText(file) }),
    // The file is about people: it is not kept in memory.
    gcTime: 0,
    onSuccess: refetch,
  })
}

/** Removes the roster. */
export function useDeleteRoster() {
  const api = useApi()
  const refetch = useRefetchAfterRoster()
  return useMutation({ mutationFn: () => api.call(operations.deleteRoster), onSuccess: refetch })
}

/** Departments, managers, findings and costs by department follow from the roster. */
function useRefetchAfterRoster() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: COMPANY_KEY })
}

/**
 * The text of a roster's file, unpacked from gzip. Throws an `Error` with advice for a damaged file, and for one in another
 * encoding, in which names would be broken.
 */
export async function rosterText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const isGzip = GZIP_START.every((byte, place) => bytes[place] === byte)
  const unpacked = isGzip ? await unpack(bytes) : bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(unpacked)
  } catch (cause) {
    throw new Error('The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (comma delimited)”.', { cause })
  }
}

async function unpack(gzip: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  try {
    return await new Response(new Blob([gzip]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
  } catch (cause) {
    throw new Error('The file is compressed and cannot be unpacked. Unpack it first, or choose another one.', { cause })
  }
}
