import { dayOf } from '../domain/day.ts'
import type { SyncProblem } from '../domain/problem.ts'
import type { KeyExpiry } from '../integrations/key-expiry.ts'
import type { UnreadParts } from '../integrations/sync.ts'
import type { Provider } from './provider.ts'

/**
 * Why a sync failed, or did not read a data set, and what to do about it: a text for the user. `unread`: the parts of the data
 * set that could not be read.
 */
export function problemDetail(
  { code, dataSet, connectedAs }: SyncProblem,
  provider: Provider,
  unread?: UnreadParts,
): string {
  switch (code) {
    case 'different_organization':
      return 'The key belongs to another organization than the data that is stored here. Set the right key, or connect that organization apart. The data here was left untouched.'
    case 'organization_already_connected':
      return `The organization is connected already, as “${connectedAs ?? ''}”, so nothing is shown here. Delete this integration, and replace the key of “${connectedAs ?? ''}” if it is to use this one; or set the key of another organization here.`
    case 'implausible_listing':
      return `${provider.name} listed nobody, or far fewer people than are stored, so the listing was not believed and the data left untouched. A sync at least 10 minutes later in which the same people are missing is believed; an empty listing never.`
    case 'interrupted':
      return 'The sync was interrupted before it ended. Its data is not shown; the next sync starts from the beginning.'
    case 'internal_error':
      return dataSet === null
        ? 'Rollcall itself failed, three times in a row. The data was left as it was; its log says why.'
        : 'Rollcall itself failed to read this data set; its log says why.'
    case 'partly_read':
      return `In the data set “${dataSet ?? ''}”, ${partsInWords(unread)} could not be read. What earlier syncs read of that is still shown, if anything; the list says of which time.`
    case 'invalid_admin_key':
    case 'not_an_admin_key':
    case 'insufficient_permissions':
    case 'account_deactivated':
    case 'provider_unreachable':
    case 'provider_rate_limited':
    case 'unexpected_reply':
    case 'timed_out':
    case 'data_set_unavailable':
    case 'admin_key_missing':
      return provider.advice(code, dataSet ?? 'directory')
  }
}

/** That the connection key expires, or has expired, and what to do: a text for the user. */
export function keyExpiryDetail({ expiresAt, isOver }: KeyExpiry, { key: { label } }: Pick<Provider, 'key'>): string {
  const day = dayOf(new Date(expiresAt))
  return isOver
    ? `The key was to expire on ${day} (UTC). Create a new ${label} and set it.`
    : `The key expires on ${day} (UTC). Create a new ${label} and set it before then.`
}

function partsInWords(unread: UnreadParts | undefined): string {
  if (unread === undefined) return 'parts'
  const { names, more } = unread
  const quoted = names.map((name) => `“${name}”`)
  return new Intl.ListFormat('en').format(more === 0 ? quoted : [...quoted, `${more} more`])
}
