import { useState } from 'react'
import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import type { ReviewDecision } from '../../../../shared/domain/review.ts'
import { DECISION_WORDS } from '../../components/review-words.ts'
import type { DecisionQueue } from './decision-queue.ts'
import { nextUndecided, shownDecisionOf } from './shown-decision.ts'
import type { Cursor } from './use-cursor.ts'
import type { LoadedItems } from './use-loaded-items.ts'

/** What a note is being written for. */
type NoteKind = 'exception' | 'note'

/** Decides on the current item and goes to the next undecided one, without waiting for the network. */
export function useDeciding({ queue, cursor, loaded }: { queue: DecisionQueue; cursor: Cursor; loaded: LoadedItems }) {
  const { items = [], loadUntil } = loaded
  const [note, setNote] = useState<{ readonly kind: NoteKind; readonly itemId: string }>()
  // Notes on undecided items are sent with their decision.
  const [drafts, setDrafts] = useState<ReadonlyMap<string, string>>(new Map())
  const [announcement, setAnnouncement] = useState('')
  const current = items[cursor.index]
  const shown = current && shownDecisionOf(current, queue.state())
  // A note that was begun on another item is closed.
  const noteFor = note !== undefined && note.itemId === current?.id ? note.kind : undefined

  const advance = async (from: number, focus: boolean) => {
    const next = nextUndecided(items, queue.state(), from)
    if (next !== undefined && next > from) return cursor.moveTo(next, { focus })
    // There may be one on a page that is not loaded yet, before it starts over.
    const known = await loadUntil((all) => (nextUndecided(all, queue.state(), from) ?? 0) > from)
    cursor.moveTo(nextUndecided(known, queue.state(), from) ?? from, { focus })
  }
  const save = (item: WireReviewItem, value: ReviewDecision, note: string | null) => {
    queue.decide([item.id], { value, note })
    setDrafts(without(drafts, item.id))
    setAnnouncement(`${DECISION_WORDS[value].label}: ${item.subject.label}.`)
  }
  const openNote = (kind: NoteKind) => current && setNote({ kind, itemId: current.id })
  const decide = (value: ReviewDecision) => {
    if (current === undefined) return
    if (value === 'exception') return openNote('exception')
    save(current, value, drafts.get(current.id) ?? null)
    void advance(cursor.index, false)
  }
  const saveNote = (text: string | null) => {
    setNote(undefined)
    if (current === undefined) return
    if (noteFor === 'exception') {
      save(current, 'exception', text)
      void advance(cursor.index, true)
      return
    }
    if (shown?.decision != null) save(current, shown.decision.value, text)
    else setDrafts(text === null ? without(drafts, current.id) : new Map([...drafts, [current.id, text]]))
    cursor.moveTo(cursor.index, { focus: true })
  }
  return {
    current,
    shown,
    noteFor,
    draft: current && drafts.get(current.id),
    announcement,
    decide,
    openNote: () => openNote('note'),
    saveNote,
    cancelNote: () => {
      setNote(undefined)
      cursor.moveTo(cursor.index, { focus: true })
    },
  }
}

function without(drafts: ReadonlyMap<string, string>, id: string): ReadonlyMap<string, string> {
  return new Map([...drafts].filter(([each]) => each !== id))
}
