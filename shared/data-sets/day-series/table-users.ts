import { type DayRows, keyAt, rowCountOf, valueAt } from './day-rows.ts'

/** The users of a table: each once, in their order. Null stands for rows that name nobody. */
export type TableUsers = readonly (string | null)[]

/** The order of users. Null comes first. */
export function compareUsers(left: string | null, right: string | null): number {
  if (left === right) return 0
  if (left === null || right === null) return left === null ? -1 : 1
  return left < right ? -1 : 1
}

/** The first row of each user, and the number of rows. The rows are sorted by their first key, the user. */
export function startsOf(users: TableUsers, rows: DayRows): Int32Array {
  const count = rowCountOf(rows)
  const starts = new Int32Array(users.length + 1)
  let row = 0
  for (let place = 0; place < users.length; place += 1) {
    starts[place] = row
    while (row < count && keyAt(rows, row, 0) === place) row += 1
  }
  starts[users.length] = row
  return starts
}

/** The place of a user; -1 for one who is none of them. */
export function placeOf(users: TableUsers, userId: string | null): number {
  let [from, to] = [0, users.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (compareUsers(valueAt(users, middle), userId) < 0) from = middle + 1
    else to = middle
  }
  return users[from] === userId ? from : -1
}

/** The same for each of some people. For people in the order of their ids, nothing is searched. */
export function placesOf(users: TableUsers, people: readonly { readonly userId: string }[]): Int32Array {
  const places = new Int32Array(people.length)
  let [at, next, before] = [0, 0, '']
  for (const { userId } of people) {
    if (userId < before) next = 0
    before = userId
    while (next < users.length && (users[next] ?? '') < userId) next += 1
    places[at] = users[next] === userId ? next : -1
    at += 1
  }
  return places
}
