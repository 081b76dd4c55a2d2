import { Link } from 'wouter'
import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { Figures } from '../../components/figures.tsx'
import { noUseIn, usedIn } from '../../components/member-labels.ts'
import { formatCount, formatNumber, formatShare } from '../../format/format-number.ts'
import classes from './overview-page.module.css'

/** People and seats over all organizations, and what an unused seat means. */
export function CompanyFigures({
  overview: { people, seats, licenses, integrations },
  windowDays,
  areSeatsFree,
}: {
  overview: Pick<WireOverview, 'people' | 'seats' | 'licenses' | 'integrations'>
  windowDays: number | undefined
  /** False while unknown. */
  areSeatsFree: boolean
}) {
  const all = seats.member + seats.guest
  const organizations = integrations.connected + integrations.actionRequired
  const share = (part: number) => `${formatShare(part, all)} of all seats`
  return (
    <section aria-label="People and seats">
      <Figures
        items={[
          {
            label: 'People',
            value: (
              <Link className={classes.figure} href="/people">
                {formatNumber(people)}
              </Link>
            ),
            note: 'each counted once',
          },
          {
            label: 'Organizations',
            value: (
              <Link className={classes.figure} href="/organizations">
                {formatNumber(organizations)}
              </Link>
            ),
            note:
              integrations.actionRequired === 0
                ? 'connected'
                : `${formatNumber(integrations.connected)} of ${formatNumber(organizations)} connected`,
          },
          { label: 'Member seats', value: formatNumber(seats.member), note: share(seats.member) },
          { label: 'Guest seats', value: formatNumber(seats.guest), note: share(seats.guest) },
          { label: usedIn(windowDays), value: formatNumber(licenses.inUse), note: share(licenses.inUse) },
          { label: noUseIn(windowDays), value: formatNumber(licenses.unused), note: share(licenses.unused) },
        ]}
      />
      <p className={classes.meaning}>
        Somebody in two organizations is one person with two seats. A seat without use is access that may not be needed
        any more{areSeatsFree && '; it costs nothing, since providers charge for use and not for seats'}.
        {licenses.noData > 0 && ` Of ${formatCount(licenses.noData, 'seat')} it is not known whether they are used.`}
      </p>
    </section>
  )
}
