import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { Breadcrumb } from '../../components/breadcrumb.tsx'
import { lastSearchOf } from '../../components/last-search.ts'
import classes from './person-head.module.css'

/** The name and address of the person, and the way back to the list. */
export function PersonHead({ person }: { person: WirePerson | undefined }) {
  const email = person?.name === null ? null : person?.email
  return (
    <div className={classes.head}>
      <Breadcrumb href={lastSearchOf('/people').href}>People</Breadcrumb>
      <h1 className={classes.name}>
        {person === undefined ? '\u00A0' : (person.name ?? person.email ?? person.memberships[0]?.userId)}
      </h1>
      <p className={classes.email}>{email ?? '\u00A0'}</p>
    </div>
  )
}
