import type { CommonSwitches } from './switches.ts'

/** How people write a key into a name. */
const SPELLINGS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => secret.replaceAll('-', '_'),
  (secret) => `${secret.slice(0, 20)}\u200B${secret.slice(20)}`,
  (secret) => `${secret.slice(0, 30)} ${secret.slice(30)}`,
  (secret) => secret.slice(secret.lastIndexOf('-') + 1),
  (secret) => secret.replaceAll('-', '–'),
]

/** A name with a key in it, if names are to have some. Each place spells it in another way. */
export function withKeyIn(name: string, secret: string | undefined, place: number, switches: CommonSwitches): string {
  if (!switches.keyLikeNames || secret === undefined) return name
  return `${name} ${SPELLINGS[place % SPELLINGS.length]?.(secret) ?? secret}`
}

/** The same for an address, which has no spaces. */
export function addressWithKey(email: string, secret: string | undefined, switches: CommonSwitches): string {
  return switches.keyLikeNames && secret !== undefined ? `${secret}.${email}` : email
}
