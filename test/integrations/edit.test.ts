import { describe, expect, test } from '@jest/globals'
import { syncProblem } from '../../shared/domain/problem.ts'
import { beginEdit, EditInProgressError, isBeingEdited, settleEdit } from '../../shared/integrations/edit.ts'
import type { Integration, PendingEdit } from '../../shared/integrations/integration.ts'
import { anIntegration } from '../builders.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const PROBLEM = { ...syncProblem('invalid_admin_key'), since: '2026-11-23T12:00:00.000Z' }
const EXPIRES = '2027-01-31T00:00:00.000Z'

const RENAME: PendingEdit = { id: 'e', startedAt: NOW.toISOString(), fields: { name: 'Renamed' }, key: null }
const KEY_CHANGE: PendingEdit = {
  ...RENAME,
  key: { keyVersion: 3, keyHint: 'NEW3', dataSetProblems: { prints: 'insufficient_permissions' } },
}

/** An integration whose second key is in use and has stopped working. */
function edited(pendingEdit: PendingEdit | null): Integration {
  const key = { keyVersion: 2, lastKeyVersion: 3, keyHint: 'OLD2', keyExpiresAt: EXPIRES }
  return anIntegration({
    name: 'Acme',
    ...key,
    problem: PROBLEM,
    dataSetProblems: { usage: 'invalid_admin_key' },
    pendingEdit,
  })
}

const OLD_KEY = { keyVersion: 2, keyHint: 'OLD2' }
const NEW_KEY = { keyVersion: 3, keyHint: 'NEW3' }
const NEWER_KEY = { keyVersion: 4, keyHint: 'NEW4' }

describe('Settling an edit by the key that is stored', () => {
  test.each([
    ['a rename', RENAME],
    ['a change of key that is not stored yet', KEY_CHANGE],
  ])('leaves %s alone while its call may be running, and drops it once it is abandoned', (_, edit) => {
    const integration = edited(edit)
    expect(settleEdit(integration, OLD_KEY, { isAbandoned: false })).toEqual(integration)
    expect(settleEdit(integration, OLD_KEY, { isAbandoned: true })).toEqual({ ...integration, pendingEdit: null })
  })

  test.each([true, false])('completes a change whose key is stored, abandoned or not (%s)', (isAbandoned) => {
    expect(settleEdit(edited(KEY_CHANGE), NEW_KEY, { isAbandoned })).toEqual({
      ...edited(null),
      ...NEW_KEY,
      name: 'Renamed',
      problem: null,
      dataSetProblems: { prints: 'insufficient_permissions' },
    })
  })

  test('adopts a key newer than any edit, with unknown expiry and without a problem', () => {
    const taken = { ...NEWER_KEY, keyExpiresAt: null, problem: null, dataSetProblems: {} }
    expect(settleEdit(edited(null), NEWER_KEY, { isAbandoned: true })).toEqual({ ...edited(null), ...taken })
    for (const edit of [RENAME, KEY_CHANGE]) {
      expect(settleEdit(edited(edit), NEWER_KEY, { isAbandoned: false })).toEqual({ ...edited(edit), ...taken })
      expect(settleEdit(edited(edit), NEWER_KEY, { isAbandoned: true })).toEqual({ ...edited(null), ...taken })
    }
  })

  test('changes nothing without a pending edit when the key is the one in use or older', () => {
    for (const stored of [OLD_KEY, { keyVersion: 1, keyHint: 'OLD1' }]) {
      expect(settleEdit(edited(null), stored, { isAbandoned: true })).toEqual(edited(null))
    }
  })
})

test('An edit is pending for a minute, during which no other can begin, and each key gets its own version', () => {
  const begun = beginEdit(edited(null), { id: 'first', fields: {}, key: { keyHint: 'AAAA', dataSetProblems: {} } }, NOW)
  expect(begun).toMatchObject({ lastKeyVersion: 4, keyVersion: 2, pendingEdit: { key: { keyVersion: 4 } } })
  const second = { id: 'second', fields: {}, key: { keyHint: 'BBBB', dataSetProblems: {} } }
  const later = (ms: number) => new Date(NOW.getTime() + ms)
  expect(isBeingEdited(begun, later(59_999))).toBe(true)
  expect(() => beginEdit(begun, second, later(59_999))).toThrow(EditInProgressError)
  expect(isBeingEdited(begun, later(60_000))).toBe(false)
  expect(beginEdit(begun, second, later(60_000))).toMatchObject({ lastKeyVersion: 5, pendingEdit: { id: 'second' } })
  expect(beginEdit(edited(null), { ...second, key: null }, NOW).lastKeyVersion).toBe(3)
})
