import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { Card } from '../../components/card.tsx'
import { nameInWords } from '../../components/name-in-words.ts'
import { formatDate } from '../../format/format-time.ts'
import classes from './settings.module.css'

/** The settings, read-only. */
export function SettingsFacts({ integration }: { integration: WireIntegration }) {
  const { companyDomains, companyDomainsInferred, schedule, keyHint, keyExpiresAt, createdAt } = integration
  return (
    <Card title="Settings" lead="An admin of this Rollcall can change them.">
      <dl className={classes.facts}>
        <dt>Company domains</dt>
        <dd>
          {companyDomains.length === 0 ? 'None known' : companyDomains.join(', ')}
          {companyDomainsInferred && ' (taken from the owners)'}
        </dd>
        <dt>Schedule</dt>
        <dd>{nameInWords(schedule)}</dd>
        <dt>Key</dt>
        <dd>
          ends in <code>{keyHint}</code>,{' '}
          {keyExpiresAt === null ? 'no expiry known' : `expires on ${formatDate(keyExpiresAt)}`}
        </dd>
        <dt>Connected on</dt>
        <dd>{formatDate(createdAt)}</dd>
      </dl>
    </Card>
  )
}
