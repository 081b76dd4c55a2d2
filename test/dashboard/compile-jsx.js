import { transformSync } from 'esbuild'

/** A jest transform for the dashboard's components, which Node does not run as they are. */
const compileJsx = {
  process(source, path) {
    const { code } = transformSync(source, {
      loader: 'tsx',
      jsx: 'automatic',
      format: 'esm',
      target: 'esnext',
      sourcemap: 'inline',
      sourcefile: path,
    })
    return { code }
  },
}
export default compileJsx
