import { useLicenses } from '../../api/data-queries.ts'
import { FilterSelect } from './filter-select.tsx'
import type { MembersView } from './members-view.ts'
import { asOffered, rolesToOffer } from './roles-to-offer.ts'

/** A prefix for "everybody except this role". No provider's roles begin with it. */
const EXCEPT = 'except:'

/** Selects one role, or everybody except one role. */
export function RoleSelect({
  integrationId,
  view,
  onChange,
}: {
  integrationId: string
  view: MembersView
  onChange: (view: MembersView) => void
}) {
  const offered = rolesToOffer(useLicenses(integrationId).data?.roles.flatMap(({ role }) => role ?? []) ?? [])
  const { role, excludeRole, ...others } = view
  const left = excludeRole ?? 'owner'
  const choices = {
    ...Object.fromEntries(offered.map((each) => [each, each])),
    [EXCEPT + left]: left === 'owner' ? 'Not owners' : `Not ${left}`,
  }
  const set = (choice: string | undefined) => {
    if (choice === undefined) onChange(others)
    else if (choice.startsWith(EXCEPT)) onChange({ ...others, excludeRole: choice.slice(EXCEPT.length) })
    else onChange({ ...others, role: choice })
  }
  return (
    <FilterSelect
      label="Role"
      all="All roles"
      value={excludeRole === undefined ? role && asOffered(role, offered) : EXCEPT + excludeRole}
      choices={choices}
      onChange={set}
    />
  )
}
