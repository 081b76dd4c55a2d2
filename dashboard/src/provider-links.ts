/** Where an organization's owners manage its members at the provider. */
export const MANAGE_MEMBERS_URL = 'https://platform.openai.com/settings/organization/people'
