import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, resolve } from 'node:path'

/** A place in a source, counted from 1. */
interface Origin {
  readonly file: string
  readonly line: number
  readonly column: number
}

interface Frame extends NodeJS.CallSite {
  /** V8's own words for it; the types leave them out. */
  toString(): string
}

/**
 * From now on the stacks of errors name functions and sources, by the map beside a bundle, in the words of Node's own
 * `--enable-source-maps`. That option reads the map and every character of the bundle at each cold start; here the map is
 * read at the first error, since most processes never meet one. A file without a readable map keeps its own names.
 *
 * The hook is V8's: https://v8.dev/docs/stack-trace-api#customizing-stack-traces
 */
export function nameSourcesInStacks(): void {
  const maps = new Map<string, SourceMap | undefined>()
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`))
    return maps.get(file)
  }
  Error.prepareStackTrace = (error: Error, frames: readonly Frame[]) => {
    const lines = frames.map((frame, index) => {
      const file = frame.getFileName()
      const map = file === null ? undefined : mapOf(file)
      return `\n    at ${(map && describe(map, frame, frames[index + 1])) ?? frame.toString()}`
    })
    return `${Error.prototype.toString.call(error)}${lines.join('')}`
  }
}

/** An error about to be told must not give way to one about its map: what cannot be read is as good as none. */
function readMap(path: string): SourceMap | undefined {
  if (!existsSync(path)) return undefined
  try {
    const payload: ConstructorParameters<typeof SourceMap>[0] = JSON.parse(readFileSync(path, 'utf8'))
    return new SourceMap({ ...payload, sources: payload.sources.map((source) => resolve(dirname(path), source)) })
  } catch {
    return undefined
  }
}

/** Undefined for code that has no source, such as what the bundler added. */
function describe(map: SourceMap, frame: Frame, caller: Frame | undefined): string | undefined {
  const entry = valueAt(map, frame.getLineNumber(), frame.getColumnNumber())
  if (entry === undefined) return undefined
  const { file, line, column } = entry.origin
  const kind = frame.isAsync() ? 'async ' : frame.isConstructor() ? 'new ' : ''
  const type = frame.getTypeName()
  const owner = type === null || type === 'global' ? '' : `${type}.`
  const given = frame.getFunctionName() ?? frame.getMethodName() ?? '<anonymous>'
  return `${kind}${owner}${nameIn(map, frame, caller) ?? given} (${file}:${line}:${column})`
}

/** The function's name before it was minified: where it is declared, or else where its caller names it. */
function nameIn(map: SourceMap, frame: Frame, caller: Frame | undefined): string | undefined {
  const declared = valueAt(map, frame.getEnclosingLineNumber(), frame.getEnclosingColumnNumber())?.name
  if (declared !== undefined || caller?.getFileName() !== frame.getFileName()) return declared
  return valueAt(map, caller?.getLineNumber(), caller?.getColumnNumber())?.name
}

function valueAt(map: SourceMap, line: number | null | undefined, column: number | null | undefined) {
  if (line == null || column == null) return undefined
  const entry = map.findEntry(line - 1, column - 1)
  if (!('originalSource' in entry)) return undefined
  const origin: Origin = { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
  return { origin, name: 'name' in entry && typeof entry.name === 'string' ? entry.name : undefined }
}
