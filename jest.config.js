/** Tests run as ES modules; types are stripped by Node itself, so what is tested is what runs. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.js' },
  maxWorkers: 2,
  testTimeout: 20_000,
  // Kept-alive sockets of fetch would hold the process for seconds after the last test.
  forceExit: true,
}
