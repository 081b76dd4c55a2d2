import { expect, test } from '@jest/globals'
import { employeesIn } from '../../dashboard/src/pages/roster/employees-in.ts'

test('The employees of a file are its lines with a text below the header, whatever ends them', () => {
  expect(employeesIn('email\nana@acme.example\nbob@acme.example\n')).toBe(2)
  expect(employeesIn('\uFEFFemail,name\r\n\r\nana@acme.example,"Ana, the first"\r\n,\r\n;;\r\n')).toBe(1)
  expect(employeesIn('email\rana@acme.example\rbob@acme.example')).toBe(2)
  expect(employeesIn('sep=;\r\nemail;name\r\nana@acme.example;Ana\r\n')).toBe(1)
  expect(employeesIn('email')).toBe(0)
  expect(employeesIn('')).toBe(0)
})

test('They are not counted where a cell has a line break', () => {
  expect(employeesIn('email,name\nana@acme.example,"Ana\nthe first"\n')).toBeUndefined()
  expect(employeesIn('email,name\nana@acme.example,"Ana ""the first"""\n')).toBe(1)
})
