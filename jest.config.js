/** Tests run as ES modules; types are stripped by Node itself, so what is tested is what runs. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.js' },
  // More than the two cores that are asked for: many tests wait for a process or a pause to end.
  maxWorkers: 4,
  // Many times what any takes alone: a machine may be busy.
  testTimeout: 60_000,
  // Kept-alive sockets of fetch would hold the process for seconds after the last test.
  forceExit: true,
}
