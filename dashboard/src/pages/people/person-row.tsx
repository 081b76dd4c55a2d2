import { memo } from 'react'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { LastActive } from '../../components/last-active.tsx'
import { Money } from '../../components/money.tsx'
import { PersonName } from '../../components/person-name.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatNumber } from '../../format/format-number.ts'
import {
  currentOf,
  organizationLines,
  seatsInWords,
  statusesInWords,
  unknownCostsInWords,
  usesInWords,
} from './memberships-in-words.ts'
import classes from './person-row.module.css'

/** One person's cells, which form a card on a phone. */
export const PersonRow = memo(function PersonRow({
  person,
  areSeveral,
  hasRoster,
}: {
  person: WirePerson
  areSeveral: boolean
  hasRoster: boolean
}) {
  const current = currentOf(person)
  const id = person.memberships[0]?.userId ?? person.id
  const uses = usesInWords(person.memberships)
  return (
    <>
      <span role="cell" className={classes.person}>
        <PersonName person={{ ...person, id }} href={`/people/${person.id}`} />
      </span>
      {hasRoster && (
        <span role="cell" className={classes.department}>
          {person.department ?? <span className={classes.wideOnly}>–</span>}
        </span>
      )}
      {areSeveral && (
        <span role="cell" className={classes.organizations}>
          {organizationLines(current).map((line) => (
            <span key={line} className={classes.line} title={line}>
              {line}
            </span>
          ))}
        </span>
      )}
      <span role="cell" className={classes.seat}>
        {seatsInWords(person.memberships) ?? <NoSeat person={person} />}
      </span>
      <span role="cell" className={classes.use} data-unused={uses === 'No use'}>
        {uses}
      </span>
      <span role="cell" className={classes.active}>
        <LastActive user={{ lastActiveOn: person.lastActiveOn, lastActivitySource: null, lastLoginOn: null }} />
      </span>
      <span role="cell" className={classes.requests}>
        {formatNumber(person.requests)}
        <span className={classes.unit}> requests</span>
      </span>
      <span role="cell" className={classes.cost}>
        <span className={classes.unit}>Cost </span>
        <Costs person={person} />
      </span>
    </>
  )
})

function NoSeat({ person }: { person: WirePerson }) {
  return (
    <span className={classes.none}>
      No seat<small>{statusesInWords(person.memberships)}</small>
    </span>
  )
}

/** Amounts of several currencies, which are never added to each other. They are the least where some costs are not known. */
function Costs({ person: { costs, memberships } }: { person: WirePerson }) {
  if (costs.length === 0) return '–'
  const unknown = unknownCostsInWords(memberships)
  return (
    <>
      {unknown !== undefined && <span title={unknown}>≥ </span>}
      {costs.map(({ amount, currency }, place) => (
        <span key={currency}>
          {place > 0 && ' + '}
          <Money units={unitsIn(amount)} currency={currency} />
        </span>
      ))}
    </>
  )
}
