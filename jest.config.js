/** What `npm test` runs. The suites of a folder are one, which loads what they import once: half the work of a suite alone. */
const BY_FOLDER = [
  '<rootDir>/test/suites/*.test.ts',
  // In an environment of its own.
  '<rootDir>/test/dashboard/pages.test.ts',
]
/** For `npm test -- test/api/csv`: a path finds the file itself. */
const EACH_BY_ITSELF = ['<rootDir>/test/**/*.test.ts']
const namesPaths = process.argv.some((argument) => argument.startsWith('test/'))

// Pages speak the language and the time zone of their reader, which are those of the process: of the workers, these.
process.env['LC_ALL'] = 'en_US.UTF-8'
process.env['TZ'] = 'UTC'

/** Tests run as ES modules; types are stripped by Node itself, so what is tested is what runs. */
export default {
  // Jest would list all of node_modules otherwise.
  roots: ['<rootDir>/test'],
  testEnvironment: 'node',
  testMatch: namesPaths ? EACH_BY_ITSELF : BY_FOLDER,
  // Kills, attacks, faults and long histories: `npm run test:faults`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/faults/'],
  globalSetup: '<rootDir>/test/run-folder.ts',
  extensionsToTreatAsEsm: ['.ts', '.tsx', '.css'],
  transform: {
    '\\.ts$': '<rootDir>/test/strip-types.js',
    '\\.tsx$': '<rootDir>/test/dashboard/compile-jsx.js',
    '\\.css$': '<rootDir>/test/dashboard/name-classes.js',
  },
  testSequencer: '<rootDir>/test/longest-first.js',
  maxWorkers: 2,
  // Longer than the watchdog of `test/watchdog.ts`, which says what it waited for.
  testTimeout: 600_000,
}
