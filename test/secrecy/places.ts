import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { zstdDecompressSync } from 'node:zlib'
import { everyItem } from '../api/stored-items.ts'
import type { Table } from '../../shared/storage/table-access.ts'
import type { Place } from './traces.ts'

/** Every file below a folder, byte for byte. */
export function filePlaces(folder: string): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: `file ${path.slice(folder.length + 1)}`, text: readFileSync(path, 'latin1') }))
}

/** Every item of a table, one place for each kind; what is compressed in them, unpacked. */
export async function tablePlaces(table: Table): Promise<{ places: Place[]; items: number }> {
  const byKind = new Map<string, string[]>()
  let items = 0
  for await (const item of everyItem(table)) {
    const kind = String(item['pk']).split('#')[0] ?? ''
    byKind.set(kind, [...(byKind.get(kind) ?? []), JSON.stringify(item, readable)])
    items += 1
  }
  return { places: [...byKind].map(([kind, texts]) => ({ name: `items ${kind}`, text: texts.join('\n') })), items }
}

/** A value as a debugger would show it, to the last field, and as its own text. */
export function inspected(name: string, value: unknown): Place {
  return {
    name,
    text: `${inspect(value, { depth: Infinity, showHidden: true })}\n${String(value)}\n${JSON.stringify(value)}`,
  }
}

function readable(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? zstdDecompressSync(value).toString('utf8') : value
}
