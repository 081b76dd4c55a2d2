/** One way of writing a text, as it could come out by mistake. */
export interface Encoding {
  readonly name: string
  /**
   * Texts of which the encoded form contains at least one. Base64 has three, one for each position of the text's first
   * byte.
   */
  readonly forms: (text: string) => readonly string[]
}

const everyByte = (text: string, write: (hex: string) => string) =>
  Array.from(Buffer.from(text), (byte) => write(byte.toString(16).padStart(2, '0'))).join('')

/** All encodings in the search. A form that two of them share is reported under the first one's name. */
export const ENCODINGS: readonly Encoding[] = [
  { name: 'as it is', forms: (text) => [text] },
  { name: 'in lower case', forms: (text) => [text.toLowerCase()] },
  { name: 'in upper case', forms: (text) => [text.toUpperCase()] },
  { name: 'in JSON', forms: (text) => [inJson(text), inJson(inJson(text))] },
  { name: 'in JSON, escaped', forms: (text) => [escaped(text), escaped(text).toUpperCase().replaceAll('\\U', '\\u')] },
  { name: 'in a URL', forms: (text) => [encodeURIComponent(text), encodeURI(text)] },
  { name: 'in a form', forms: (text) => [new URLSearchParams([['', text]]).toString().slice(1)] },
  { name: 'in a URL, every byte', forms: (text) => bothCases(everyByte(text, (hex) => `%${hex}`)) },
  { name: 'in HTML', forms: (text) => [inHtml(text)] },
  { name: 'in hex', forms: (text) => bothCases(everyByte(text, (hex) => hex)) },
  { name: 'in hex with spaces', forms: (text) => bothCases(everyByte(text, (hex) => `${hex} `).trimEnd()) },
  { name: 'in base64', forms: (text) => alignments(text, 'base64') },
  { name: 'in base64url', forms: (text) => alignments(text, 'base64url') },
  { name: 'in UTF-16', forms: (text) => [Buffer.from(text, 'utf16le').toString('latin1')] },
]

/** The text's form at each of the three positions, without characters that depend on its surroundings. */
function alignments(text: string, alphabet: 'base64' | 'base64url'): string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet)
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
}

function bothCases(hex: string): string[] {
  return [hex, hex.toUpperCase()]
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function escaped(text: string): string {
  return Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  )
}

function inHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
