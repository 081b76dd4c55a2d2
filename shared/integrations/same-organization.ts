import type { DirectoryPerson } from '../data-sets/directory/directory-person.ts'

/**
 * Identifies membership in an organization. One person can have the same id in several organizations, but joins each in
 * a different second.
 */
export type Joined = Pick<DirectoryPerson, 'userId' | 'addedAt'>

/** Compares the ids that the provider reports of two organizations. Undefined when one is not known. */
export function isReportedSame(one: string | null, other: string | null): boolean | undefined {
  return one === null || other === null ? undefined : one === other
}

/** How many people of a listing are compared: one page, with most providers. */
export const COMPARED_PEOPLE = 100
const SHARE_PERCENT = 90
/** A script can add the same few people to two organizations within one second. */
const TELLING_PEOPLE = 5

/** The people to compare with other organizations' members. Empty when they are too few for a reliable answer. */
export function comparedOf<Person extends Joined>(listed: readonly Person[]): readonly Person[] {
  return listed.length < TELLING_PEOPLE ? [] : listed.slice(0, COMPARED_PEOPLE)
}

/** A subset that contains at least one member if it is the same organization, independent of who is missing. */
export function probesOf<Person extends Joined>(compared: readonly Person[]): readonly Person[] {
  const mayDiffer = Math.floor((compared.length * (100 - SHARE_PERCENT)) / 100)
  return compared.slice(0, mayDiffer + 1)
}

/** True when 90 % of the compared people are members with the same id and the same joining time. */
export function isSameOrganization(compared: readonly Joined[], members: readonly Joined[]): boolean {
  const joined = new Map(members.map((member) => [member.userId, member.addedAt]))
  const same = compared.filter(({ userId, addedAt }) => joined.has(userId) && joined.get(userId) === addedAt)
  return compared.length > 0 && same.length * 100 >= compared.length * SHARE_PERCENT
}
