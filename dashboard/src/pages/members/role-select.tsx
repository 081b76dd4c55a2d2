import { useLicenses } from '../../api/data-queries.ts'
import { FilterSelect } from '../../components/filter-select.tsx'
import type { MembersView } from './members-view.ts'
import { asOffered, rolesToOffer } from './roles-to-offer.ts'

/** The choices about owners, who can have several roles. No provider's roles are called so. */
const OWNERS = 'owner:true'
const NOT_OWNERS = 'owner:false'

/** Selects one role, or everybody but owners. An address can select the owners, too. */
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
  const { role, owner, ...others } = view
  const choices = {
    ...Object.fromEntries(offered.map((each) => [each, each])),
    ...(owner === 'true' && { [OWNERS]: 'Owners' }),
    [NOT_OWNERS]: 'Not owners',
  }
  const set = (choice: string | undefined) => {
    if (choice === undefined) onChange(others)
    else if (choice === OWNERS) onChange({ ...others, owner: 'true' })
    else if (choice === NOT_OWNERS) onChange({ ...others, owner: 'false' })
    else onChange({ ...others, role: choice })
  }
  return (
    <FilterSelect
      label="Role"
      all="All roles"
      value={owner === undefined ? role && asOffered(role, offered) : `owner:${owner}`}
      choices={choices}
      onChange={set}
    />
  )
}
