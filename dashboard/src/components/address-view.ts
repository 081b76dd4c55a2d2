/** The filters and order of a list as parameters. Undefined ones are left out. */
export type ViewParameters = Readonly<Record<string, string | undefined>>

/** The address parameters of a view. */
export function writeView(view: ViewParameters): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(view)) if (value !== undefined) search.set(name, value)
  return search
}

/**
 * Binds a filter to a field of a view: what is selected, and the change to another value, which keeps the other fields.
 * `read` leaves out what the API would reject.
 */
export function filterOf<View extends ViewParameters>(
  view: View,
  read: (search: URLSearchParams) => View,
  onChange: (view: View) => void,
) {
  return (name: keyof View & string) => ({
    value: view[name],
    onChange: (value: string | undefined) => onChange(read(writeView({ ...view, [name]: value }))),
  })
}

/** The parameters of an address that the view ignores, as written. Empty ones are not included. */
export function misreadParameters(search: URLSearchParams, view: ViewParameters): string[] {
  return [...search]
    .filter(([name, value]) => value.trim() !== '' && view[name] === undefined)
    .map(([name, value]) => `${name}=${value}`)
}

/** The same fields, without those that are undefined. */
export function withoutUndefined<Fields extends ViewParameters>(fields: Fields) {
  const kept: { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } = {}
  for (const name in fields) {
    const value = fields[name]
    if (isDefined(value)) kept[name] = value
  }
  return kept
}

function isDefined<Value>(value: Value): value is Exclude<Value, undefined> {
  return value !== undefined
}
