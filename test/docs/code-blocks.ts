/** A command of curl, as far as the documents use it. */
export interface Curl {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: string | undefined
}

/** The fenced blocks of a language in a Markdown text. */
export function blocksOf(markdown: string, language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...markdown.matchAll(fence)].map(([, block = '']) => block)
}

/** The lines of a shell block that are a curl command. Throws for an option that is not known here. */
export function curlsIn(block: string): Curl[] {
  return block
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('curl '))
    .map((line) => toCurl(wordsOf(line).slice(1)))
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}

function toCurl(words: readonly string[]): Curl {
  const headers: Record<string, string> = {}
  let method: string | undefined
  let url: string | undefined
  let body: string | undefined
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const value = () => words[(index += 1)] ?? ''
    if (word === '-X') method = value()
    else if (word === '-d' || word === '--data-binary') body = value()
    else if (word === '-H') {
      const [name = '', content = ''] = value().split(/: (.*)/)
      headers[name] = content
    } else if (word.startsWith('-') && !['-s', '--compressed'].includes(word))
      throw new Error(`curl ${word} is not known`)
    else if (!word.startsWith('-')) url = word
  }
  if (url === undefined) throw new Error('a curl command without an address')
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body }
}
