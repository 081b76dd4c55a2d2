import { expect, test } from '@jest/globals'
import { itemsAfter, positionOf, sortItems } from '../../shared/data-sets/sorted-list.ts'
import type { FindingType, Severity } from '../../shared/domain/finding.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { FINDINGS_ORDER } from '../../shared/findings/findings-order.ts'
import { ORG } from '../builders.ts'

/** `what`: severity, type, organization, cost (`-` is none) and label, with spaces between. */
function aFinding(what: string): Finding {
  const [severity, type, integrationName = '', amount = '', label = ''] = what.split(' ')
  const expiresAt = '2026-12-01T00:00:00.000Z'
  return {
    id: what,
    severity: severity as Severity,
    integrationId: ORG,
    integrationName,
    subject: { kind: 'key', id: label, label },
    since: null,
    // Only the type matters here.
    evidence: { type: type as FindingType, expiresAt } as Finding['evidence'],
    cost: amount === '-' ? null : { amount, currency: 'USD' },
    action: { text: '', url: null },
  }
}

const IN_ORDER = [
  'high leaver_key Beta - a',
  'high external_owner Alpha - a',
  'medium key_expiring Gamma - a',
  'medium leaver_key Alpha 1234567.5 z',
  'medium leaver_key Alpha 99.5 z',
  'medium leaver_key Alpha 9 a',
  'medium leaver_key Alpha 9 b',
  'medium leaver_key Alpha 0 a',
  'medium leaver_key Alpha - a',
  'medium leaver_key beta 500 a',
  'low idle_member Alpha - a',
  'low idle_member Alpha - Ángel',
  'low idle_member Alpha - b',
]

test('High ones come first, then the order is by type, organization, cost from the highest, and label', () => {
  const findings = IN_ORDER.map((what) => aFinding(what))
  const shuffled = [
    ...findings.filter((_, index) => index % 2 === 1),
    ...findings.filter((_, index) => index % 2 === 0),
  ]
  expect(sortItems(shuffled, FINDINGS_ORDER).map(({ id }) => id)).toEqual(IN_ORDER)
})

test('A page goes on after any of them, also when that one is gone, and with names of a hundred characters', () => {
  const names = ['x'.repeat(100), `${'x'.repeat(99)}y`]
  const long = names.flatMap((name) => ['a', 'b'].map((label) => aFinding(`low idle_member ${name} - ${label}`)))
  const sorted = sortItems([...IN_ORDER.map((what) => aFinding(what)), ...long], FINDINGS_ORDER)
  sorted.forEach((finding, index) => {
    const position = positionOf(finding, FINDINGS_ORDER)
    expect(itemsAfter(sorted, position, FINDINGS_ORDER)).toEqual(sorted.slice(index + 1))
    expect(itemsAfter(sorted.toSpliced(index, 1), position, FINDINGS_ORDER)).toEqual(sorted.slice(index + 1))
  })
})
