import { stripTypeScriptTypes } from 'node:module'

/** A jest transform that strips types as `node file.ts` does, leaving lines and columns where they were. */
const stripTypes = {
  process(source) {
    return { code: stripTypeScriptTypes(source) }
  },
}
export default stripTypes
