import type { BuildOptions } from 'esbuild'

/**
 * How a function's code becomes one file, in esbuild's words: for CDK, and for whoever measures what it makes.
 *
 * CommonJS, since the import of a module of Node's costs more from an ES module: all the exports are listed for it, which
 * loads what stands behind each, such as the whole of `fetch` behind `node:http`. And what code that is imported later asks
 * of Node is asked for later, too. ADR 8 has the figures.
 */
export const BUNDLING = {
  format: 'cjs',
  target: 'node24',
  minify: true,
  sourcemap: true,
  // Names in the stack traces come from the map; the sources themselves need not lie in the bundle.
  sourcesContent: false,
  mainFields: ['module', 'main'],
} satisfies BuildOptions
