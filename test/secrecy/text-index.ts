const GRAM = 4
const SLOTS_PER_CHARACTER = 8
const FEWEST_SLOTS = 1024

/** A text in which thousands of others can be searched quickly: most absent ones are ruled out at once. */
export class TextIndex {
  private readonly text: string
  /** A mark for each four characters in a row that the text has, by their hash. */
  private readonly marks: Uint8Array
  private readonly mask: number

  constructor(text: string) {
    this.text = text
    this.mask = 2 ** Math.ceil(Math.log2(Math.max(FEWEST_SLOTS, text.length * SLOTS_PER_CHARACTER))) - 1
    this.marks = new Uint8Array(this.mask + 1)
    for (let at = 0; at + GRAM <= text.length; at += 1) this.marks[this.slotOf(text, at)] = 1
  }

  /** As `String.includes` says it. */
  includes(searched: string): boolean {
    for (let at = 0; at + GRAM <= searched.length; at += 1) {
      if (this.marks[this.slotOf(searched, at)] === 0) return false
    }
    return this.text.includes(searched)
  }

  /** As `RegExp.test` says it, for a pattern that needs a text within. */
  matches(pattern: RegExp, needed: string): boolean {
    return this.includes(needed) && pattern.test(this.text)
  }

  private slotOf(text: string, at: number): number {
    let hash = 0
    for (let next = at; next < at + GRAM; next += 1) hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(next)
    return (hash ^ (hash >>> 15)) & this.mask
  }
}
