import type { AdvisedProblemCode } from '../../domain/problem.ts'

export const ADMIN_KEYS_PAGE = 'Console → Settings → Admin keys'

/** The scopes of Claude Enterprise's keys. Admin keys of a Console organization have no scopes and can read everything. */
const MEMBERS = 'read:members'
const ANALYTICS = 'read:analytics'

const WHERE_TO_CREATE = `under ${ADMIN_KEYS_PAGE}, or on claude.ai with the scopes ${MEMBERS} and ${ANALYTICS} if the organization is one of Claude Enterprise`

interface DataSetWords {
  readonly required: boolean
  readonly gives: string
  readonly reads: string
  readonly permission: string
}

/** By data set. https://docs.claude.com/en/api/administration-api */
export const DATA_SETS: Readonly<Record<string, DataSetWords>> = {
  directory: { required: true, gives: 'Member directory', reads: 'the member directory', permission: MEMBERS },
  usage: { required: true, gives: 'Usage figures', reads: 'the usage figures', permission: ANALYTICS },
  other_usage: {
    required: false,
    gives: 'Executions of code',
    reads: 'the figures of code execution',
    permission: ANALYTICS,
  },
  costs: { required: false, gives: 'Costs', reads: 'the costs', permission: ANALYTICS },
  keys: { required: false, gives: 'API keys', reads: 'the list of API keys', permission: MEMBERS },
  invites: { required: false, gives: 'Pending invitations', reads: 'the invitations', permission: MEMBERS },
}

/** The text of a problem: the cause, then the fix. */
export function adviceFor(code: AdvisedProblemCode, dataSet: string): string {
  const words = DATA_SETS[dataSet]
  if (words === undefined) throw new Error(`Anthropic has no data set ${dataSet}.`)
  const { reads, permission } = words
  switch (code) {
    case 'admin_key_missing':
      return `Rollcall has no Admin key of this organization any more: its secret was deleted. Create a new Admin key ${WHERE_TO_CREATE}, and set it here, or delete this integration.`
    case 'invalid_admin_key':
      return `Anthropic did not accept the key: it is wrong, revoked or expired. Create a new Admin key ${WHERE_TO_CREATE}.`
    case 'not_an_admin_key':
      return `This is not an Admin key, and regular keys won’t work: only an Admin key gives organization-level access, and only an organization admin can create one, ${WHERE_TO_CREATE}. Not an admin? Ask one for it.`
    case 'insufficient_permissions':
      return `The key cannot read ${reads} (data set “${dataSet}”). A key of Claude Enterprise lacks the scope ${permission}: make a new key on claude.ai that has it, since an edited key can keep failing. In a Console organization, make a new Admin key under ${ADMIN_KEYS_PAGE}.`
    case 'account_deactivated':
      return 'Anthropic refuses requests of this organization because of its billing. Look at the billing page of the Console, or contact Anthropic.'
    case 'data_set_unavailable':
      return unavailable(dataSet, words)
    case 'provider_unreachable':
      return `Anthropic could not be reached, or is overloaded, while reading ${reads}. It is not the key; try again.`
    case 'provider_rate_limited':
      return `Anthropic is limiting the rate of requests while reading ${reads}. It is not the key; try again in a few minutes.`
    case 'timed_out':
      return `Anthropic answered, but reading ${reads} took longer than a sync may, so nothing was taken from it. It is not the key. A later sync can succeed if Anthropic answers faster.`
    case 'unexpected_reply':
      return `Anthropic’s reply for ${reads} was not what it should be, so nothing was taken from it. It is not the key; try again.`
  }
}

/** Usage and costs are refused as a whole, for one of two reasons. */
function unavailable(dataSet: string, { reads, permission, required }: DataSetWords): string {
  if (permission !== ANALYTICS)
    return `Anthropic does not offer ${reads} (data set “${dataSet}”) for this organization.`
  const consequence = required ? ' Without them, Rollcall cannot show the organization, and nothing was stored.' : ''
  return `Anthropic refuses ${reads} (data set “${dataSet}”) of this organization: organizations with HIPAA readiness have no analytics by the API, and others need the beta of its usage and cost reports.${consequence} The Console shows usage and cost; Anthropic’s support can say whether the reports can be enabled.`
}
