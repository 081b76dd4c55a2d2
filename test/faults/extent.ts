const isWhole = process.env['FAULTS_EXTENT'] === 'whole'

/** How much of a suite runs: the quick share with `npm test`, the whole with `npm run test:faults`. */
export function extent<Value>({ quick, whole }: { readonly quick: Value; readonly whole: Value }): Value {
  return isWhole ? whole : quick
}
