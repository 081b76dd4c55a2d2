/** Where an organization's owners create its Admin keys at the provider. */
export const ADMIN_KEYS_URL = 'https://platform.openai.com/settings/organization/admin-keys'

/** Where an organization's owners manage its members at the provider. */
export const MANAGE_MEMBERS_URL = 'https://platform.openai.com/settings/organization/people'
