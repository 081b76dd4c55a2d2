import { expect, test } from '@jest/globals'
import { keyAction } from '../../dashboard/src/pages/review/review-keys.ts'

const PLACE = { index: 4, count: 20 }
const press = (key: string, modifiers = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...modifiers }, PLACE)

test.each([
  ['k', { kind: 'decide', decision: 'keep' }],
  ['r', { kind: 'decide', decision: 'remove' }],
  ['e', { kind: 'decide', decision: 'exception' }],
  ['K', { kind: 'decide', decision: 'keep' }],
  ['n', { kind: 'note' }],
  ['x', { kind: 'select' }],
  [' ', { kind: 'select' }],
  ['j', { kind: 'go', to: 5 }],
  ['ArrowDown', { kind: 'go', to: 5 }],
  ['ArrowUp', { kind: 'go', to: 3 }],
  ['PageDown', { kind: 'go', to: 14 }],
  ['Home', { kind: 'go', to: 0 }],
  ['End', { kind: 'go', to: 19 }],
  ['q', undefined],
])('The key “%s” does: %j', (key, action) => {
  expect(press(key)).toEqual(action)
})

test('With a modifier a key is the browser’s', () => {
  expect([press('r', { ctrlKey: true }), press('k', { metaKey: true }), press('ArrowUp', { altKey: true })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('A key that is held down moves on, and does not decide', () => {
  expect([press('j', { repeat: true }), press('k', { repeat: true })]).toEqual([{ kind: 'go', to: 5 }, undefined])
})
