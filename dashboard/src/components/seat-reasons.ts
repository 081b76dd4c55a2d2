import type { WireUser } from '../../../shared/contracts/data-contract.ts'

type SeatReason = NonNullable<WireUser['seat']>['reason']

/** Texts for the reasons of a seat. */
export const SEAT_REASONS: Readonly<Record<SeatReason, string>> = {
  owner: 'Member, because they are an owner of the organization.',
  scim: 'Member, because your identity provider manages them (SCIM).',
  company_domain: 'Member, because their email is on one of the company’s domains.',
  external_domain: 'Guest, because their email is not on a company domain.',
  default: 'Member, because nothing says otherwise: no email, or no company domain is known.',
}
