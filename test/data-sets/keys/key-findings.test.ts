import { describe, expect, test } from '@jest/globals'
import { type KeyFinding, keyFindingsOf } from '../../../shared/data-sets/keys/key-findings.ts'
import { keysOrder } from '../../../shared/data-sets/keys/keys-query.ts'
import { type OwnedKey, ownedKeys } from '../../../shared/data-sets/keys/owned-key.ts'
import { itemsAfter, positionOf, sortItems } from '../../../shared/data-sets/sorted-list.ts'
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/finding.ts'
import { aPerson, WINDOW } from '../../builders.ts'
import { aKey } from './a-key.ts'

const AS_OF = { ...WINDOW, syncedAt: '2026-11-24T12:00:00.000Z' }
const [owned] = ownedKeys([aKey('key_1')], [aPerson({ userId: 'ana' })], AS_OF, DEFAULT_THRESHOLDS)

function anOwnedKey(overrides: Partial<OwnedKey>): OwnedKey {
  if (owned === undefined) throw new Error('There is no key.')
  return { ...owned, ...overrides }
}

const leaver = (overrides: Partial<NonNullable<OwnedKey['owner']>> = {}) => ({
  ...({ kind: 'user', id: 'bob', name: 'Bob', email: null } as const),
  status: 'removed' as const,
  removedAt: '2026-11-20T15:00:00.000Z',
  ...overrides,
})

describe('The severity of', () => {
  const [old, today] = ['2020-01-01T00:00:00.000Z', `${WINDOW.to}T00:00:00.000Z`]
  const stranger = leaver({ status: 'not_listed', removedAt: null })
  test.each<[string, Partial<OwnedKey>, KeyFinding[]]>([
    ['a leaver’s key, not used since', { owner: leaver() }, [{ type: 'leaver_key', severity: 'medium' }]],
    [
      'one used on the day of the removal, which can be before it',
      { owner: leaver(), lastUsedOn: '2026-11-20' },
      [{ type: 'leaver_key', severity: 'medium' }],
    ],
    [
      'one used after the removal',
      { owner: leaver(), lastUsedOn: '2026-11-21' },
      [{ type: 'leaver_key', severity: 'high' }],
    ],
    [
      'one used after the removal that is inactive by now',
      { owner: leaver(), lastUsedOn: '2026-11-21', status: 'inactive' },
      [{ type: 'leaver_key', severity: 'high' }],
    ],
    ['an inactive one', { owner: leaver(), status: 'inactive' }, [{ type: 'leaver_key', severity: 'low' }]],
    [
      'one of somebody disabled, which has no date',
      { owner: leaver({ status: 'disabled', removedAt: null }), lastUsedOn: '2026-11-24' },
      [{ type: 'leaver_key', severity: 'medium' }],
    ],
    ['one of somebody in no directory', { owner: stranger }, [{ type: 'leaver_key', severity: 'medium' }]],
    [
      'one of somebody in no directory, created on the day before the reading',
      { owner: stranger, createdAt: '2026-11-23T23:59:59.000Z' },
      [{ type: 'leaver_key', severity: 'medium' }],
    ],
    ['one that is as new as the reading, whose owner can have joined since', { owner: stranger, createdAt: today }, []],
    [
      'one as new of somebody who was removed',
      { owner: leaver(), createdAt: today },
      [{ type: 'leaver_key', severity: 'medium' }],
    ],
    [
      'one of somebody in no directory, of unknown age',
      { owner: stranger, createdAt: null },
      [{ type: 'leaver_key', severity: 'medium' }],
    ],
    ['an ownerless key', { owner: null }, [{ type: 'ownerless_key', severity: 'medium' }]],
    [
      'a key that is stale and never expires',
      { createdAt: old, lastUsedOn: null },
      [
        { type: 'stale_key', severity: 'medium' },
        { type: 'eternal_key', severity: 'low' },
      ],
    ],
    [
      'a leaver’s key in use that never expires: the most severe first',
      { owner: leaver(), createdAt: old, lastUsedOn: '2026-11-24' },
      [
        { type: 'leaver_key', severity: 'high' },
        { type: 'eternal_key', severity: 'low' },
      ],
    ],
  ])('%s', (_, overrides, expected) => {
    expect(keyFindingsOf(anOwnedKey(overrides), { ...WINDOW, thresholds: DEFAULT_THRESHOLDS })).toEqual(expected)
  })
})

describe('Keys by findings', () => {
  const high: KeyFinding = { type: 'leaver_key', severity: 'high' }
  const medium: KeyFinding = { type: 'stale_key', severity: 'medium' }
  const low: KeyFinding = { type: 'eternal_key', severity: 'low' }
  const keys = [
    ['none b', 'b', []],
    ['none unnamed', null, []],
    ['none a', 'a', []],
    ['low', '0', [low]],
    ['three', 'z', [medium, medium, low]],
    ['high z', 'Z', [high]],
    ['medium unnamed', null, [medium]],
    ['high á', 'á', [high]],
  ] as const
  const all = keys.map(([id, name, findings]) => anOwnedKey({ id, name, findings }))
  const idsBy = (descending: boolean) => sortItems(all, keysOrder('findings', descending)).map(({ id }) => id)

  test('are ordered by their most severe finding, not by their number, then by name', () => {
    expect(idsBy(false)).toEqual([
      'high á',
      'high z',
      'three',
      'medium unnamed',
      'low',
      'none a',
      'none b',
      'none unnamed',
    ])
  })

  test('reversed, the least severe come first, and unnamed keys still last among their equals', () => {
    expect(idsBy(true)).toEqual([
      'none b',
      'none a',
      'none unnamed',
      'low',
      'three',
      'medium unnamed',
      'high z',
      'high á',
    ])
  })

  test.each([true, false])('go on after any key of the list (reversed: %s)', (descending) => {
    const order = keysOrder('findings', descending)
    const sorted = sortItems(all, order)
    for (const [index, key] of sorted.entries()) {
      expect(itemsAfter(sorted, positionOf(key, order), order)).toEqual(sorted.slice(index + 1))
    }
  })
})
