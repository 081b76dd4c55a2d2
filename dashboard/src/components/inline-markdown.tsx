import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import classes from './inline-markdown.module.css'

const PIECES = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\(https:\/\/[^\s)]+\))/

/** A line of Markdown with bold text, code and https links. Everything else is shown as plain text. */
export function InlineMarkdown({ text }: { text: string }) {
  return text.split(PIECES).map((piece, index) => <Piece key={index} text={piece} />)
}

function Piece({ text }: { text: string }): ReactNode {
  if (text.startsWith('**')) return <b>{text.slice(2, -2)}</b>
  if (text.startsWith('`')) return <code className={classes.code}>{text.slice(1, -1)}</code>
  const [, label, address] = /^\[([^\]]+)\]\((https:[^)]+)\)$/.exec(text) ?? []
  if (address === undefined) return text
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {label} <Icon name="external" size={13} />
    </a>
  )
}
