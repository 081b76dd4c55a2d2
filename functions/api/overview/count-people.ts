import type { WireOverview } from '../../../shared/contracts/overview-contract.ts'
import type { PeopleData } from '../people/people-index.ts'

export type PeopleFigures = Pick<WireOverview, 'people' | 'outsiders' | 'seats' | 'licenses'>

/** Counts persons once, and seats and licenses by membership. */
export function countPeople({ people }: Pick<PeopleData, 'people'>): PeopleFigures {
  const outsiders = { people: 0, owners: 0 }
  const seats = { member: 0, guest: 0 }
  const licenses = { in_use: 0, unused: 0, no_data: 0 }
  let active = 0
  for (const { memberships } of people) {
    let [isActive, isOutsider, isOutsideOwner] = [false, false, false]
    for (const membership of memberships) {
      if (membership.accountStatus !== 'active') continue
      const { seat, license, isOwner } = membership.entitlement
      isActive = true
      isOutsider ||= membership.isOutside
      isOutsideOwner ||= isOwner && membership.isOutside
      if (seat !== null) seats[seat.type] += 1
      if (license !== null) licenses[license] += 1
    }
    active += Number(isActive)
    outsiders.people += Number(isOutsider)
    outsiders.owners += Number(isOutsideOwner)
  }
  const { in_use: inUse, unused, no_data: noData } = licenses
  return { people: active, outsiders, seats, licenses: { inUse, unused, noData } }
}
