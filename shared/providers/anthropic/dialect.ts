import type { ApiDialect } from '../http/http-client.ts'
import { ADMIN_KEY_PREFIX, WORKSPACE_KEY_PREFIX } from './key-prefix.ts'

/**
 * Anthropic's Admin API. Only statuses decide: the error types say the same, and what it answers to keys of workspaces and to
 * missing scopes is not documented. https://docs.claude.com/en/api/errors
 */
export const anthropicDialect: ApiDialect = {
  headers: (key) => ({ 'x-api-key': key.reveal(), 'anthropic-version': '2023-06-01' }),
  problemOf: (status, _body, key) => {
    const isOfPrefix = (prefix: string) => key.reveal().startsWith(prefix)
    switch (status) {
      case 401:
        return isOfPrefix(WORKSPACE_KEY_PREFIX) ? 'not_an_admin_key' : 'invalid_admin_key'
      case 402:
        return 'account_deactivated'
      case 403:
        return isOfPrefix(ADMIN_KEY_PREFIX) ? 'insufficient_permissions' : 'not_an_admin_key'
      default:
        return null
    }
  },
}
