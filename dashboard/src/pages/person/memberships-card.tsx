import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { writeView } from '../../components/address-view.ts'
import { Card } from '../../components/card.tsx'
import link from '../../components/cell-link.module.css'
import { LastActive } from '../../components/last-active.tsx'
import { USE_LABELS } from '../../components/member-labels.ts'
import { Money } from '../../components/money.tsx'
import { memberHref } from '../../components/person-name.tsx'
import { SeatLabel } from '../../components/seat-label.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import type { WireMembership } from '../people/memberships-in-words.ts'
import classes from './memberships-card.module.css'

/** The last columns, aligned at their end. */
const NUMBERS = ['Requests', 'Cost', 'Working keys']

/** Where somebody has an account, one row for each organization. */
export function MembershipsCard({ person, windowDays }: { person: WirePerson; windowDays: number | undefined }) {
  const span = windowDays === undefined ? '' : ` in ${formatCount(windowDays, 'day')}`
  const heads = ['Organization', 'Role', 'Seat', `Use${span}`, 'Last activity', ...NUMBERS]
  return (
    <Card
      title={person.memberships.length === 1 ? 'Organization' : 'Organizations'}
      lead={`Requests and cost${span} up to the last sync. Costs are before tax and credits.`}
    >
      <div className={classes.table} role="table" aria-label="Organizations">
        <div role="rowgroup" className={classes.headGroup}>
          <div role="row" className={classes.head}>
            {heads.map((head) => (
              <span key={head} role="columnheader" className={endIf(NUMBERS.includes(head))}>
                {head}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          {person.memberships.map((membership) => (
            <div key={membership.integrationId} role="row" className={classes.row}>
              <MembershipRow membership={membership} />
            </div>
          ))}
        </div>
      </div>
    </Card>
  )
}

function MembershipRow({ membership }: { membership: WireMembership }) {
  const { integrationId, integrationName, userId, role, license, requests, cost, keys } = membership
  const provider = useProviders().data?.find(({ id }) => id === membership.provider)
  return (
    <>
      <span role="cell" className={classes.organization}>
        <Link className={link.link} href={memberHref(integrationId, userId)}>
          {integrationName}
        </Link>
        <small>{provider?.name ?? '\u00A0'}</small>
      </span>
      <LabeledCell label="Role">{role ?? '–'}</LabeledCell>
      <LabeledCell label="Seat">
        <SeatLabel user={membership} />
      </LabeledCell>
      <LabeledCell label="Use">{license === null ? '–' : USE_LABELS[license]}</LabeledCell>
      <LabeledCell label="Last activity">
        <LastActive user={{ ...membership, lastActivitySource: null, lastLoginOn: null }} />
      </LabeledCell>
      <LabeledCell label="Requests">{formatNumber(requests)}</LabeledCell>
      <LabeledCell label="Cost">
        {cost === null ? '–' : <Money units={unitsIn(cost.amount)} currency={cost.currency} />}
      </LabeledCell>
      <LabeledCell label="Working keys">
        {keys === null && 'Not read'}
        {keys === 0 && '0'}
        {keys !== null && keys > 0 && (
          <Link href={`/integrations/${integrationId}/keys?${writeView({ ownerId: userId }).toString()}`}>
            {formatCount(keys, 'key')}
          </Link>
        )}
      </LabeledCell>
    </>
  )
}

/** A value under its head, or after its own label in narrow windows. */
function LabeledCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span role="cell" className={`${classes.cell} ${endIf(NUMBERS.includes(label))}`}>
      <span className={classes.label}>{label}</span>
      <span>{children}</span>
    </span>
  )
}

function endIf(isNumber: boolean): string {
  return isNumber ? (classes.end ?? '') : ''
}
