import { Link } from 'wouter'
import type { HelpTopic } from './evidence-topics.tsx'

/** What a review is, how it is decided, and what it proves. */
export const reviewsTopic: HelpTopic = {
  id: 'reviews',
  question: 'How does a review work, and what does it prove?',
  answer: (
    <>
      <p>
        A <Link href="/reviews">review</Link> freezes a list of members or keys with what was known about each. A
        reviewer decides on every item: keep, remove, or keep as an exception, which needs a note. Nobody decides on
        their own access. The last decision on an item stands, from any reviewer, until the review is completed.
      </p>
      <p>While an item has the focus, these keys work; they do nothing while you type in a field:</p>
      <ul>
        <li>
          <kbd>k</kbd> keep, <kbd>r</kbd> remove, <kbd>e</kbd> exception: then the next undecided item has the focus;
        </li>
        <li>
          <kbd>n</kbd> writes a note: <kbd>Enter</kbd> saves it, <kbd>Escape</kbd> leaves it;
        </li>
        <li>
          <kbd>j</kbd> and the arrow keys go to another item; to undo a decision, go back and decide otherwise;
        </li>
        <li>
          <kbd>x</kbd> selects items, which are then decided on together.
        </li>
      </ul>
      <p>
        Completing a review makes it final: evidence and decisions are hashed and signed with a key that never leaves
        its store, so anybody can verify the file without Rollcall. Rollcall removes nobody. Each later sync looks
        whether the removals were done, and the review says so; one that is not done after 14 days is a finding.
      </p>
    </>
  ),
}
