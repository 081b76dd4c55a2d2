import { useEffect } from 'react'
import { useSearchParams } from 'wouter'
import { useLicenses } from '../../api/data-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { rememberSearch } from '../../components/last-search.ts'
import { countDays } from '../../format/day-spans.ts'
import type { IntegrationPageProps } from '../../layout/integration-frame.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { InvitedHead } from './invited-head.tsx'
import { InvitedList } from './invited-list.tsx'
import { MembersHead } from './members-head.tsx'
import { MembersList } from './members-list.tsx'
import list from '../../components/list-head.module.css'
import {
  INVITED,
  INVITED_SEARCH,
  isInvitedView,
  nameOfView,
  readMembersView,
  renameView,
  type MembersView,
  type NamedView,
} from './members-view.ts'
import { ViewTabs } from './view-tabs.tsx'

/**
 * Everybody in the organization, with search, filters, order and export, and those who are invited. The address
 * contains the view.
 */
export default function MembersPage({ id, integration }: IntegrationPageProps) {
  useTitle(integration === undefined ? 'Members' : `Members · ${integration.name}`)
  const [search, setSearch] = useSearchParams()
  const view = readMembersView(search)
  const isInvited = isInvitedView(search)
  const address = isInvited ? INVITED_SEARCH : writeView(view).toString()
  useEffect(() => rememberSearch(`/integrations/${id}/members`, address), [id, address])
  const windowDays = countDays(useLicenses(id).data?.asOf)
  // The back button undoes a filter. Typing is one history entry, not one for each letter.
  const setView = (next: MembersView) =>
    setSearch(writeView(next), { replace: view.q !== undefined && next.q !== view.q })
  const choose = (name: NamedView | typeof INVITED) => {
    if (name === INVITED) setSearch(new URLSearchParams(INVITED_SEARCH))
    else setView(renameView(view, name, windowDays))
  }
  return (
    <>
      <div className={list.top}>
        <ViewTabs value={isInvited ? INVITED : nameOfView(view)} onChange={choose} />
        {isInvited ? (
          <InvitedHead id={id} organization={integration?.name} />
        ) : (
          <MembersHead id={id} organization={integration?.name} view={view} />
        )}
      </div>
      {isInvited ? <InvitedList id={id} /> : <MembersList id={id} search={search} onChange={setView} />}
    </>
  )
}
