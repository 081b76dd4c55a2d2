import type { WireUserUsage } from '../../../../shared/contracts/usage-contract.ts'
import { isStock } from '../../../../shared/data-sets/other-usage/kinds.ts'
import type { KindOfUse } from '../../components/kinds-in-words.ts'

type Day = WireUserUsage['items'][number]

/** A person's use of other kinds than the primary one, most requests first. What is stored counts on its latest day. */
export function otherKindsOf(days: readonly Day[]): KindOfUse[] {
  const kinds = new Map<string, KindOfUse>()
  for (const each of days.flatMap(({ otherKinds }) => otherKinds)) {
    const before = kinds.get(each.kind)
    kinds.set(each.kind, {
      kind: each.kind,
      unit: each.unit,
      requests: (before?.requests ?? 0) + each.requests,
      quantity: isStock(each.kind) ? each.quantity : sumOf(before?.quantity ?? null, each.quantity),
    })
  }
  return [...kinds.values()].toSorted((left, right) => right.requests - left.requests)
}

/** The other kinds of a day, such as `images`. Empty when there was none. */
export function kindsOn(days: readonly Day[], day: string | null): string[] {
  return days.find((each) => each.day === day)?.otherKinds.map(({ kind }) => kind) ?? []
}

function sumOf(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : left + right
}
