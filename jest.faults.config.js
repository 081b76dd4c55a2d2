import common from './jest.config.js'

/** `npm run test:faults`: everything under `test/faults` to its whole extent, of which `npm test` runs a quick share. */
process.env['FAULTS_EXTENT'] = 'whole'

export default {
  ...common,
  testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
  // Two cores: what is killed and measured here should not be starved by its neighbours.
  maxWorkers: 2,
  testTimeout: 840_000,
  reporters: ['default', '<rootDir>/test/faults/figures-reporter.js'],
}
