/** The prefix of Anthropic's Admin keys. */
export const ADMIN_KEY_PREFIX = 'sk-ant-admin01-'

/** The prefix of keys of workspaces, which have no access to the organization. */
export const WORKSPACE_KEY_PREFIX = 'sk-ant-api03-'
