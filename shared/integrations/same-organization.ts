import type { DirectoryPerson } from '../data-sets/directory/directory-person.ts'

/** What tells one organization's members from another's: people can have one id in many, but join each in its own second. */
export type Joined = Pick<DirectoryPerson, 'userId' | 'addedAt'>

/** So many people of a listing are compared: a page of most listings. */
export const COMPARED_PEOPLE = 100
const SHARE_PERCENT = 90
/** One script can have put the same few people into two organizations within a second. */
const TELLING_PEOPLE = 5

/** What to compare with the members of other organizations: nobody, when they are too few to tell. */
export function comparedOf<Person extends Joined>(listed: readonly Person[]): readonly Person[] {
  return listed.length < TELLING_PEOPLE ? [] : listed.slice(0, COMPARED_PEOPLE)
}

/** So many of the compared, whoever they are, have somebody among them who is a member, if it is the same organization. */
export function probesOf<Person extends Joined>(compared: readonly Person[]): readonly Person[] {
  const mayDiffer = Math.floor((compared.length * (100 - SHARE_PERCENT)) / 100)
  return compared.slice(0, mayDiffer + 1)
}

/** True when 90 % of the compared are members with the same id and the same time of joining. */
export function isSameOrganization(compared: readonly Joined[], members: readonly Joined[]): boolean {
  const joined = new Map(members.map((member) => [member.userId, member.addedAt]))
  const same = compared.filter(({ userId, addedAt }) => joined.has(userId) && joined.get(userId) === addedAt)
  return compared.length > 0 && same.length * 100 >= compared.length * SHARE_PERCENT
}
