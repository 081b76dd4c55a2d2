import { jest } from '@jest/globals'

/** What is written to standard output and standard error meanwhile, each line as the JSON that it must be. */
export function printedLines(print: () => void): unknown[] {
  const chunks: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => chunks.push(String(chunk)) > 0),
  )
  try {
    print()
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  const lines = chunks.join('').split('\n')
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line))
}
