import type { HelpTopic } from './evidence-topics.tsx'

/** What the page about spend shows, and where its numbers come from. */
export const spendTopic: HelpTopic = {
  id: 'spend',
  question: 'What does Spend show, and where do the numbers come from?',
  answer: (
    <>
      <p>
        The costs that the provider reports by UTC day: its cost report, before tax and credits. It is not the invoice,
        which can differ. Amounts are added exactly and shown to the cent; the CSV file has all digits. Currencies are
        never added to each other: the page shows the main one, and another on demand; the CSV file has all.
      </p>
      <ul>
        <li>
          <b>So far</b> is the month of the last day that was read. Changes compare its <b>complete days</b> with as
          many of the month before, so on its first two days there is nothing to compare yet.
        </li>
        <li>
          <b>Preliminary</b>: providers report costs late, so those of the last two days still grow. They are striped.
        </li>
        <li>
          <b>Unattributed</b> is what the provider attributes to no person, project or workspace, line item or key. Each
          table adds up to the total of its days.
        </li>
        <li>
          <b>Refused</b>: a provider can refuse its report by project or workspace, by key, or by user, and still report
          the total. Then the page says so in place of that table, and why.
        </li>
        <li>
          <b>Share</b> is of the costs before credits, so that shares add up to 100 %.
        </li>
        <li>
          <b>People</b>: as the provider attributes costs to them. If it does not, costs belong to the owners of the
          keys that caused them, and the page says so. Former members keep their costs. Those of people who are not in
          the directory are one row.
        </li>
      </ul>
      <p>
        The cost of a member or of a key is that of the days that are synced, not of a month. For finance tools, the
        page offers the charges as a FOCUS 1.2 file.
      </p>
    </>
  ),
}
