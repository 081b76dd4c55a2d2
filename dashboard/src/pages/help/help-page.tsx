import { useProviders } from '../../api/provider-queries.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { useAnchor } from '../../layout/use-anchor.ts'
import { useTitle } from '../../layout/use-title.ts'
import classes from './help-page.module.css'
import { helpTopics } from './help-topics.tsx'

/** Answers to common questions. Each has its own anchor. */
export default function HelpPage() {
  useTitle('Help')
  useAnchor()
  const topics = helpTopics(useProviders().data ?? [])
  return (
    <div className={classes.page}>
      <nav className={classes.contents} aria-label="Questions">
        <ul>
          {topics.map(({ id, question }) => (
            <li key={id}>
              <a href={`#${id}`}>{question}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div>
        <PageHeader title="Help" lead="What the figures mean, and what to do when something is wrong." />
        {topics.map(({ id, question, answer }) => (
          <section key={id} id={id} className={classes.topic} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`}>{question}</h2>
            {answer}
          </section>
        ))}
      </div>
    </div>
  )
}
