/** How OpenAI's Admin keys begin. */
export const ADMIN_KEY_PREFIX = 'sk-admin-'
