import { Link } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { isSyncing } from '../../api/integration-queries.ts'
import { noUseIn } from '../../components/member-labels.ts'
import { problemInWords } from '../../components/problem-in-words.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StateBadges } from '../../components/state-badges.tsx'
import { formatNumber } from '../../format/format-number.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './organization-card.module.css'

/** One organization: the state of its integration, its people, and its last and next sync. */
export function OrganizationCard({
  integration,
  windowDays,
}: {
  integration: WireIntegration
  windowDays: number | undefined
}) {
  const { counts } = integration
  const now = useNow()
  const hasData = integration.lastSuccessfulSyncAt !== null
  const show = (value: number) => (hasData ? formatNumber(value) : '–')
  return (
    <article className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.name}>
          <Link href={`/integrations/${integration.id}`}>{integration.name}</Link>
        </h2>
        <div className={classes.badges}>
          <StateBadges integration={integration} />
        </div>
      </div>
      <dl className={classes.counts}>
        <Count label="Members" value={show(counts.members)} />
        <Count label="Guests" value={show(counts.guests)} />
        <Count label={noUseIn(windowDays)} value={show(counts.unused)} />
      </dl>
      {integration.problem !== null && (
        <p className={classes.problem} data-kind={integration.state === 'action_required' ? 'bad' : 'warn'}>
          {problemInWords(integration, now)}
        </p>
      )}
      <p className={classes.times}>
        <span>
          {hasData ? 'Synced ' : 'Not synced yet'}
          {integration.lastSuccessfulSyncAt !== null && <RelativeTime instant={integration.lastSuccessfulSyncAt} />}
        </span>
        {isSyncing(integration) ? <span>Syncing now</span> : <NextSync nextSyncAt={integration.nextSyncAt} />}
      </p>
    </article>
  )
}

function NextSync({ nextSyncAt }: { nextSyncAt: string | null }) {
  if (nextSyncAt === null) return null
  return (
    <span>
      Next <RelativeTime instant={nextSyncAt} isPlanned />
    </span>
  )
}

function Count({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
