import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, resolve } from 'node:path'

interface Frame extends NodeJS.CallSite {
  /** V8's own formatting, which the types omit. */
  toString(): string
}

/**
 * Makes error stacks name original functions and files, with the source map beside a bundle, in the format of Node's
 * `--enable-source-maps`. That option reads the map and the whole bundle at each cold start; here the map is read at
 * the first error, since most processes never have one. A file without a readable map keeps its own names.
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

/** Undefined for an unreadable map, so an error about the map cannot hide the original one. */
function readMap(path: string): SourceMap | undefined {
  if (!existsSync(path)) return undefined
  try {
    const payload: ConstructorParameters<typeof SourceMap>[0] = JSON.parse(readFileSync(path, 'utf8'))
    return new SourceMap({ ...payload, sources: payload.sources.map((source) => resolve(dirname(path), source)) })
  } catch {
    return undefined
  }
}

/** Undefined for code without a source, such as code added by the bundler. */
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

/** The function's name before minification: from its declaration, or else from its caller. */
function nameIn(map: SourceMap, frame: Frame, caller: Frame | undefined): string | undefined {
  const declared = valueAt(map, frame.getEnclosingLineNumber(), frame.getEnclosingColumnNumber())?.name
  if (declared !== undefined || caller?.getFileName() !== frame.getFileName()) return declared
  return valueAt(map, caller?.getLineNumber(), caller?.getColumnNumber())?.name
}

/** The origin is counted from 1. */
function valueAt(map: SourceMap, line: number | null | undefined, column: number | null | undefined) {
  if (line == null || column == null) return undefined
  const entry = map.findEntry(line - 1, column - 1)
  if (!('originalSource' in entry)) return undefined
  const origin = { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
  return { origin, name: 'name' in entry && typeof entry.name === 'string' ? entry.name : undefined }
}
