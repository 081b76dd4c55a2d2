import type { BuildOptions } from 'esbuild'

/** Bundled CommonJS packages ask for `require`, which an ES module does not have. */
const REQUIRE_BANNER =
  "import{createRequire as __rollcallRequire}from'node:module';const require=__rollcallRequire(import.meta.url);"

/** How a function's code becomes one file, in esbuild's words: for CDK, and for whoever measures what it makes. */
export const BUNDLING = {
  format: 'esm',
  target: 'node24',
  minify: true,
  sourcemap: true,
  // Names in the stack traces come from the map; the sources themselves need not lie in the bundle.
  sourcesContent: false,
  mainFields: ['module', 'main'],
  banner: { js: REQUIRE_BANNER },
} satisfies BuildOptions
