import { Fragment } from 'react'

/** A text in which a line that is too long breaks after the @ of an address, rather than within a word. */
export function BreakableAddress({ text }: { text: string }) {
  const [first, ...others] = text.split('@')
  return (
    <>
      {first}
      {others.map((part, place) => (
        // The parts of one text keep their order.
        <Fragment key={place}>
          @<wbr />
          {part}
        </Fragment>
      ))}
    </>
  )
}
