import { Skeleton } from '@mantine/core'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { reviewsOperations } from '../../../../shared/contracts/reviews-operations.ts'
import { useApi } from '../../api/api-context.ts'
import { Card } from '../../components/card.tsx'
import { CopyText } from '../../components/copy-text.tsx'
import { csvFile, DownloadButtons } from '../../components/download-buttons.tsx'
import { formatDay } from '../../format/format-time.ts'
import classes from './review-page.module.css'

/** The proof of a completed review: its hashes, its signature, and the files to verify them with. */
export function SignatureCard({ review }: { review: WireReview }) {
  const { evidenceHash, decisionsHash, signature, keptUntil } = review
  if (signature === null || decisionsHash === null) return <Skeleton height={200} />
  return (
    <Card
      title="Proof"
      lead="Anybody with these files can verify, without Rollcall, that evidence and decisions are what was signed."
      actions={<Downloads review={review} />}
    >
      <dl className={classes.terms}>
        <dt>Evidence (SHA-256)</dt>
        <dd>
          <CopyText label="the hash of the evidence" text={evidenceHash} />
        </dd>
        <dt>Decisions (SHA-256)</dt>
        <dd>
          <CopyText label="the hash of the decisions" text={decisionsHash} />
        </dd>
        <dt>Signature</dt>
        <dd>
          <CopyText label="the signature" text={signature.value} />
        </dd>
        <dt>Signed with the key</dt>
        <dd>{signature.keyId}</dd>
        {keptUntil !== null && (
          <>
            <dt>Kept until</dt>
            <dd>{formatDay(keptUntil)} (UTC)</dd>
          </>
        )}
      </dl>
      <p className={classes.last}>
        <a href="/docs/verifying-reviews.html">How to verify it</a>
      </p>
    </Card>
  )
}

function Downloads({ review: { id, name } }: { review: WireReview }) {
  const api = useApi()
  const options = { params: { reviewId: id } }
  const downloads = [
    {
      label: 'Evidence (JSON)',
      create: async () => ({
        content: await api.file(reviewsOperations.getReviewEvidence, options),
        name: `Review ${name}, evidence.json`,
      }),
    },
    {
      label: 'Evidence (CSV)',
      create: async () => ({
        content: csvFile((await api.csv(reviewsOperations.getReviewEvidence, options)).content),
        name: `Review ${name}, evidence.csv`,
      }),
    },
    {
      label: 'Public key (PEM)',
      create: async () => {
        const { publicKey } = await api.call(reviewsOperations.getSigningKey)
        return { content: new Blob([publicKey], { type: 'application/x-pem-file' }), name: 'Rollcall signing key.pem' }
      },
    },
  ]
  return <DownloadButtons downloads={downloads} isReady />
}
