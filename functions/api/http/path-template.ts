/** True when a path is one of a template's, such as `/v1/integrations/{id}`; a parameter stands for anything but nothing. */
export function isPathOf(template: string, path: string): boolean {
  const expected = template.split('/')
  const actual = path.replace(/\/$/, '').split('/')
  return (
    expected.length === actual.length &&
    expected.every((segment, index) => (segment.startsWith('{') ? actual[index] !== '' : segment === actual[index]))
  )
}
