import { Fragment } from 'react'
import type { WireFinding } from '../../../../shared/contracts/findings-contract.ts'
import { useWindowDays } from '../../api/data-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useProvider } from '../../api/provider-queries.ts'
import { Card } from '../../components/card.tsx'
import { FINDING_TYPE_WORDS } from '../../components/finding-words.ts'
import { Icon } from '../../components/icon.tsx'
import { RestoreFocus } from '../../components/restore-focus.tsx'
import type { OrganizationFindings, TypeFindings } from './finding-groups.ts'
import { FindingRow, type SubjectPage } from './finding-row.tsx'
import classes from './findings-page.module.css'

/** What all rows have. */
interface RowProps {
  /** Where the name of a member leads: to their page, or to the person over all organizations. */
  readonly leadsTo: SubjectPage
  /** Called after a finding was accepted or opened again, with what was done. */
  readonly onChanged: (done: string) => void
  /** Gets the focus when the row that had it is gone. */
  readonly focusTarget: () => HTMLElement | null
}

/** The findings of a type: what they mean, and those of each organization with what to do. */
export function FindingGroup({ group: { type, organizations }, ...props }: RowProps & { group: TypeFindings }) {
  const { title, meaning } = FINDING_TYPE_WORDS[type]
  return (
    <Card title={title} lead={meaning}>
      {organizations.map((group) => (
        <OrganizationGroup key={group.integrationId} group={group} {...props} />
      ))}
    </Card>
  )
}

function OrganizationGroup({ group, ...props }: RowProps & { group: OrganizationFindings }) {
  const { integrationId, integrationName, actions } = group
  const integrations = useIntegrations().data
  const windowDays = useWindowDays(integrations)
  // With one organization, its name says nothing.
  const isNamed = integrations?.length !== 1
  return (
    <div className={classes.organization}>
      {isNamed && <h3 className={classes.name}>{integrationName}</h3>}
      {actions.map(({ action, findings }) => (
        <Fragment key={`${action.text} ${action.url}`}>
          <p className={classes.action}>
            {action.text} {action.url !== null && <ProviderLink url={action.url} integrationId={integrationId} />}
          </p>
          <Rows findings={findings} windowDays={windowDays} {...props} />
        </Fragment>
      ))}
    </div>
  )
}

function Rows({
  findings,
  windowDays,
  leadsTo,
  onChanged,
  focusTarget,
}: RowProps & { findings: readonly WireFinding[]; windowDays: number | undefined }) {
  return (
    <ul className={classes.rows}>
      {findings.map((finding) => (
        <li key={finding.id}>
          <RestoreFocus className={classes.row} target={focusTarget}>
            <FindingRow finding={finding} leadsTo={leadsTo} windowDays={windowDays} onChanged={onChanged} />
          </RestoreFocus>
        </li>
      ))}
    </ul>
  )
}

/** Where the provider lets you act. */
function ProviderLink({ url, integrationId }: { url: string; integrationId: string }) {
  const integration = useIntegrations().data?.find(({ id }) => id === integrationId)
  const provider = useProvider(integration?.provider)
  return (
    <a href={url} target="_blank" rel="noreferrer" className={classes.external}>
      Open {provider?.name ?? 'the provider'} <Icon name="external" size={13} />
    </a>
  )
}
