import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { WireKey } from '../../../shared/contracts/keys-contract.ts'
import { unitsIn } from '../format/format-money.ts'
import { formatDay, formatUtcDate } from '../format/format-time.ts'
import { Badge } from './badge.tsx'
import { BreakableAddress } from './breakable-address.tsx'
import link from './cell-link.module.css'
import { FINDING_WORDS, KEY_STATUS_LABELS, type keyKindLabels, OWNER_STATUS_LABELS } from './key-labels.ts'
import classes from './key-table.module.css'
import list from './list-table.module.css'
import { Money } from './money.tsx'

/** One key's cells. */
export function KeyRow({
  apiKey,
  integrationId,
  kindLabels,
  showsOwner,
  showsCost,
}: {
  apiKey: WireKey
  integrationId: string
  kindLabels: ReturnType<typeof keyKindLabels>
  showsOwner: boolean
  showsCost: boolean
}) {
  const { name, hint, kind, project, owner, createdAt, lastUsedOn, expiresAt, status, cost, findings } = apiKey
  const ofAll = kind === 'admin' ? kindLabels[kind] : 'Whole organization'
  const place = project === null ? ofAll : (project.name ?? project.id)
  return (
    <>
      <span role="cell" className={classes.key}>
        <span className={classes.name}>{name ?? 'Unnamed key'}</span>
        <span className={classes.small}>
          {hint !== null && <code>…{hint}</code>} {place}
        </span>
      </span>
      {showsOwner && (
        <span role="cell" className={classes.owner}>
          {owner === null ? (
            <span className={classes.muted}>None named</span>
          ) : (
            <Owner owner={owner} id={integrationId} />
          )}
        </span>
      )}
      <LabeledCell label="Created">{formatUtcDate(createdAt)}</LabeledCell>
      <LabeledCell label="Last used">{lastUsedOn === null ? 'No use known' : formatDay(lastUsedOn)}</LabeledCell>
      <LabeledCell label="Expires">{expiresAt === null ? 'Never' : formatUtcDate(expiresAt)}</LabeledCell>
      {showsCost && (
        <LabeledCell label="Cost">
          {cost === null ? '–' : <Money units={unitsIn(cost.amount)} currency={cost.currency} />}
        </LabeledCell>
      )}
      <span role="cell" className={classes.status}>
        {KEY_STATUS_LABELS[status]}
      </span>
      <span role="cell" className={classes.findings}>
        {findings.length === 0 && <span className={classes.none}>–</span>}
        {findings.map((finding) => (
          <Badge key={finding} kind={FINDING_WORDS[finding].kind}>
            {FINDING_WORDS[finding].label}
          </Badge>
        ))}
      </span>
    </>
  )
}

/** A value under its head, or after its own label in narrow windows. */
function LabeledCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span role="cell">
      <span className={`${list.label} ${classes.label}`}>{label} </span>
      {children}
    </span>
  )
}

/** The owner, linked to their page if they have one. */
function Owner({ owner, id }: { owner: NonNullable<WireKey['owner']>; id: string }) {
  const title = owner.name ?? owner.email ?? owner.id
  const status = owner.kind === 'service_account' ? 'Service account' : OWNER_STATUS_LABELS[owner.status]
  const details = [owner.name === null ? null : owner.email, status].filter((detail) => detail != null)
  return (
    <>
      {owner.status === 'not_listed' ? (
        <span>{title}</span>
      ) : (
        <Link className={link.link} href={`/integrations/${id}/members/${encodeURIComponent(owner.id)}`}>
          {title}
        </Link>
      )}
      {details.length > 0 && (
        <span className={classes.small}>
          <BreakableAddress text={details.join(' · ')} />
        </span>
      )}
    </>
  )
}
