import packageJson from '../../../package.json' with { type: 'json' }

/** How Rollcall identifies itself to providers. */
export const USER_AGENT = `rollcall/${packageJson.version}`
