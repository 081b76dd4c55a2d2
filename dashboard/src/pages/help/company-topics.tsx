import { Link } from 'wouter'
import { FINDING_TYPES } from '../../../../shared/domain/finding.ts'
import { KEY_FINDING_TYPES } from '../../api/keys-view.ts'
import { FINDING_TYPE_WORDS } from '../../components/finding-words.ts'
import type { HelpTopic } from './evidence-topics.tsx'

const ABOUT_KEYS: readonly string[] = KEY_FINDING_TYPES

/** Who is one person, over all organizations. */
export const peopleTopic: HelpTopic = {
  id: 'people',
  question: 'Who counts as one person?',
  answer: (
    <>
      <p>
        All accounts with the same email address, in whichever organizations they are. Upper and lower case make no
        difference. An account without an address is a person of its own. So there can be fewer people than seats.
      </p>
      <ul>
        <li>
          <b>Filters</b> are about one account: somebody is found if one of their accounts fits all of them. Their row
          still shows all their organizations, and their requests and costs in all of them.
        </li>
        <li>
          <b>≥ before a cost</b>: they also used an organization whose costs of people are not known.
        </li>
        <li>
          <b>No recent use</b> is about the person: they have a seat, joined longer ago than these days, and there was
          no use in any organization.
        </li>
        <li>
          <b>Removed</b> are people whom a sync no longer found in an organization. They may still be in another one.
        </li>
      </ul>
      <p>
        Each name leads to a page about the person: where they have access, what they use, what it costs, which keys
        they own, and what should be looked at.
      </p>
    </>
  ),
}

/** What the roster is for, and how it is kept. */
export const rosterTopic: HelpTopic = {
  id: 'roster',
  question: 'What is the roster of employees for?',
  answer: (
    <>
      <p>
        No provider knows who works for you. With the list of your employees, Rollcall finds accounts of people who
        left: their address is on a company domain, and the roster does not have it, or their last day is over. It also
        shows departments and managers, and adds up costs by department.
      </p>
      <p>
        An admin uploads it as a CSV file under <Link href="/people/roster">People, Roster of employees</Link>. That
        page lists the columns; only <code>email</code> is required. An upload replaces the whole roster. If a line is
        broken, nothing is stored, and the page names the line.
      </p>
      <ul>
        <li>
          Use the address with which people sign in at the provider. Another address of the same person is somebody
          else.
        </li>
        <li>
          Upload it again whenever people join or leave. Who joined after the upload is reported until the next one.
        </li>
        <li>People with an address outside the company domains are not looked up in it.</li>
        <li>Only admins can download or remove it. A script can upload it, too.</li>
      </ul>
    </>
  ),
}

/** What a finding is, and what to do about it. */
export const findingsTopic: HelpTopic = {
  id: 'findings',
  question: 'What is a finding, and what do I do about it?',
  answer: (
    <>
      <p>
        Something that should be looked at, with what it follows from. Findings follow from the last sync of each
        organization and from the roster. So there is nothing to tick off: once you have acted at the provider, the next
        sync makes the finding go away.
      </p>
      <ul>
        {FINDING_TYPES.filter((type) => !ABOUT_KEYS.includes(type)).map((type) => (
          <li key={type}>
            <b>{FINDING_TYPE_WORDS[type].title}</b>: {FINDING_TYPE_WORDS[type].meaning}
          </li>
        ))}
        <li>
          Four kinds are about keys: <a href="#keys">what they mean</a>.
        </li>
      </ul>
      <p>
        <b>High</b> should be looked at today, <b>medium</b> soon, and <b>low</b> from time to time.
      </p>
      <p>
        What is all right as it is, a reviewer or an admin can <b>accept</b> with a reason, for good or until a day. It
        is then no longer counted, and is listed under <b>Accepted findings</b>. It is open again after that day, and
        when it becomes more severe.
      </p>
      <p>What was not read is unknown. The page names the findings that could not be judged, and why.</p>
    </>
  ),
}
