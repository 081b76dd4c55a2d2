import common from './jest.config.js'

/** `npm run test:faults`: everything under `test/faults`, which `npm test` leaves out. */
export default {
  ...common,
  testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  reporters: ['default', '<rootDir>/test/faults/figures-reporter.js'],
}
