import type { WireUserUsage } from '../../../shared/contracts/usage-contract.ts'
import { formatBytes, formatCount } from '../format/format-number.ts'
import { capitalize } from '../format/list-in-words.ts'

/** The unit of a quantity. */
type Unit = NonNullable<WireUserUsage['items'][number]['otherKinds'][number]['unit']>

/** Usage of one kind. Quantities of different kinds have different units, so they are never added to each other. */
export interface KindOfUse {
  /** The provider's name of the kind, such as `audio_speeches`. */
  readonly kind: string
  readonly requests: number
  /** Null for a kind without one. */
  readonly quantity: number | null
  readonly unit: Unit | null
}

const SINGULAR: Readonly<Record<Exclude<Unit, 'bytes'>, string>> = {
  images: 'image',
  characters: 'character',
  seconds: 'second',
  sessions: 'session',
  calls: 'call',
}

/** `Audio speeches` */
export function kindInWords(kind: string): string {
  return capitalize(kind.replaceAll('_', ' '))
}

/** `1,204 images`. A dash for a kind that has no quantity. */
export function quantityInWords(quantity: number | null, unit: Unit | null): string {
  if (quantity === null || unit === null) return '–'
  return unit === 'bytes' ? formatBytes(quantity) : formatCount(quantity, SINGULAR[unit], unit)
}
