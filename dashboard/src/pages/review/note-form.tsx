import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react'
import { NOTE_LENGTH } from '../../../../shared/contracts/review-items-contract.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './evidence-panel.module.css'

/** Asks for a note: Enter saves it, Escape leaves everything as it was. */
export function NoteForm({
  label,
  initial,
  isRequired,
  save,
  onSave,
  onCancel,
}: {
  label: string
  initial: string
  /** True for an exception, which needs one. */
  isRequired: boolean
  /** The label of the button. */
  save: string
  onSave: (note: string | null) => void
  onCancel: () => void
}) {
  const [note, setNote] = useState(initial)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const text = note.trim()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (text !== '' || !isRequired) onSave(text === '' ? null : text)
  }
  const cancelOnEscape = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onCancel()
  }
  return (
    <form ref={form} className={classes.form} onSubmit={submit} onKeyDown={cancelOnEscape}>
      <TextInput
        label={label}
        description="Everybody who can open Rollcall can read it. It becomes part of the signed decisions."
        maxLength={NOTE_LENGTH}
        autoComplete="off"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <SteadyButton type="submit" size="xs" off={isRequired && text === ''}>
          {save}
        </SteadyButton>
        <Button variant="default" size="xs" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
