/** The prefix of OpenAI's Admin keys. */
export const ADMIN_KEY_PREFIX = 'sk-admin-'
