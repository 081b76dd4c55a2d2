/** Tests run as ES modules; types are stripped by Node itself, so what is tested is what runs. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Kills, attacks, faults and long histories: `npm run test:faults`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/faults/'],
  globalSetup: '<rootDir>/test/run-folder.ts',
  extensionsToTreatAsEsm: ['.ts', '.tsx', '.css'],
  transform: {
    '\\.ts$': '<rootDir>/test/strip-types.js',
    '\\.tsx$': '<rootDir>/test/dashboard/compile-jsx.js',
    '\\.css$': '<rootDir>/test/dashboard/name-classes.js',
  },
  maxWorkers: 2,
  // Longer than the watchdog of `test/watchdog.ts`, which says what it waited for.
  testTimeout: 600_000,
}
