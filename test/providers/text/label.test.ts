import { expect, test } from '@jest/globals'
import { label } from '../../../shared/providers/text/label.ts'

test.each([
  ['Ana\u202egnp.exe', 'Anagnp.exe'],
  ['\u2067Ana\u2069 \u200eAmes\u200f', 'Ana Ames'],
  ['Ana\u00adlytics\ufeff', 'Analytics'],
  ['Ana\u0007', 'Ana'],
  [' Ana\r\nAmes\t', 'Ana Ames'],
  ['Ana\u{e0041}\u{e007f}', 'Ana'],
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ['👩\u200d💻 ❤\ufe0f', '👩\u200d💻 ❤\ufe0f'],
  ['\u202e', null],
  ['', null],
  [null, null],
  [undefined, null],
])('%j is read as %j', (written, read) => {
  expect(label.parse(written)).toBe(read)
})
