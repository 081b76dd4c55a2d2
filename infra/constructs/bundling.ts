import type { BuildOptions } from 'esbuild'

/**
 * The esbuild options that bundle a function into one file, shared by the CDK app and the benchmark.
 *
 * The format is CommonJS because importing a Node module from an ES module costs more: Node lists all exports, which
 * loads what is behind each of them, such as the whole of `fetch` behind `node:http`. A module that is imported lazily
 * also loads its Node modules lazily. ADR 8 has the figures.
 */
export const BUNDLING = {
  format: 'cjs',
  target: 'node24',
  minify: true,
  sourcemap: true,
  // Stack traces take names from the map, so the bundle need not contain the sources.
  sourcesContent: false,
  mainFields: ['module', 'main'],
} satisfies BuildOptions
