/** The provider's page where owners create Admin keys. */
export const ADMIN_KEYS_URL = 'https://platform.openai.com/settings/organization/admin-keys'

/** The provider's page where owners manage members. */
export const MANAGE_MEMBERS_URL = 'https://platform.openai.com/settings/organization/people'
