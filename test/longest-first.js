/**
 * What takes longest begins first, so that one of the two workers does not end with it alone. Without times of earlier runs, as in a
 * fresh clone, jest takes the size of files for it, and suites of folders are all of one size.
 */
const LONGEST = [
  // Of `npm test`.
  'product',
  'api',
  'parts',
  'pages',
  'infra',
  'docs',
  'local',
  'providers',
  'tools',
  // Of `npm run test:faults`.
  'histories',
  'killed-processes',
  'killed-changes',
  'histories-optional',
  'table-misbehaves',
  'killed-at-every-write',
  'supply',
  'provider-misbehaves',
  'twice-at-once',
]

/** A jest test sequencer. https://jestjs.io/docs/configuration#testsequencer-string */
export default class LongestFirst {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`))
      return place === -1 ? LONGEST.length : place
    }
    return tests.toSorted((left, right) => placeOf(left) - placeOf(right))
  }

  /** For `--onlyFailures`: nothing is kept between runs. */
  allFailedTests(tests) {
    return tests
  }

  cacheResults() {}
}
