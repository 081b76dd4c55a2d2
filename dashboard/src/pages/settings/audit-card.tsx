import { Skeleton } from '@mantine/core'
import type { WireAuditEvent } from '../../../../shared/contracts/audit-contract.ts'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useAuditEvents } from '../../api/history-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import classes from './history-table.module.css'

const ACTIONS: Readonly<Record<WireAuditEvent['action'], string>> = {
  connect: 'Connected',
  key_change: 'Changed the key',
  edit: 'Changed settings',
  delete: 'Disconnected',
  manual_sync: 'Started a sync',
  export: 'Exported data',
  refused_write: 'Tried to write, without the role for it',
  accept_finding: 'Accepted a finding',
  reopen_finding: 'Took the acceptance of a finding back',
  create_review: 'Created a review',
  delete_review: 'Deleted a review',
  decide: 'Decided in a review',
  complete_review: 'Completed a review',
}

/** Labels for changed fields, as on the pages. */
const FIELDS: Readonly<Record<string, string>> = {
  provider: 'Provider',
  name: 'Name',
  adminApiKey: 'Key',
  companyDomains: 'Company domains',
  schedule: 'Schedule',
  keyExpiresAt: 'Key expiry',
}

const OUTCOMES: Readonly<Record<WireAuditEvent['outcome'], string>> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  refused: 'Refused',
  unfinished: 'Unfinished',
}

/** The audit events of this integration. */
export function AuditCard({ integration }: { integration: WireIntegration }) {
  const audit = useAuditEvents(integration.id)
  const events = audit.data?.pages.flatMap(({ items }) => items)
  return (
    <Card
      title="Who did what"
      lead={
        <>
          To this integration, in the last 400 days: which settings were changed, never their values. The{' '}
          <a href="/docs/">API</a> lists the events of all integrations, deleted ones included.
        </>
      }
    >
      {audit.isError && <ErrorNotice error={audit.error} retry={() => void audit.refetch()} />}
      {events === undefined && !audit.isError && <Skeleton height={160} />}
      {events?.length === 0 && <p>Nothing yet.</p>}
      {events !== undefined && events.length > 0 && <EventTable events={events} />}
      <MoreButton pages={audit}>Show earlier events</MoreButton>
    </Card>
  )
}

function EventTable({ events }: { events: readonly WireAuditEvent[] }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Audit events, scrollable">
      <table className={classes.table} aria-label="Audit events">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">Settings</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ id, at, actor, action, changedFields, outcome, code }) => (
            <tr key={id}>
              <td>
                <RelativeTime instant={at} />
              </td>
              <td>{actor.name ?? actor.subject}</td>
              <td>{ACTIONS[action]}</td>
              <td>
                {changedFields.length === 0 ? '–' : changedFields.map((field) => FIELDS[field] ?? field).join(', ')}
              </td>
              <td>
                {OUTCOMES[outcome]}
                {code !== null && ` (${code.replaceAll('_', ' ')})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
