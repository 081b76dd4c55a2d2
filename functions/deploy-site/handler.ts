import { S3Client } from '@aws-sdk/client-s3'
import type { CloudFormationCustomResourceEvent } from 'aws-lambda'
import { createJsonLogger } from '../../shared/aws/json-logger.ts'
import { nameSourcesInStacks } from '../../shared/aws/source-names.ts'
import { deploySite, removeSite } from './deploy-site.ts'
import { siteFilesSchema } from './site-files.ts'

nameSourcesInStacks()
const client = new S3Client({})
const logger = createJsonLogger('deploy-site')

/**
 * A CloudFormation custom resource. It deploys the site's files, and removes them when the resource is deleted, because
 * only an empty bucket can be deleted. CloudFormation waits for a response, so one is sent in every case.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event
  const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: LogicalResourceId }
  try {
    const site = siteFilesSchema.parse(event.ResourceProperties)
    if (event.RequestType === 'Delete') await removeSite(client, site.bucket)
    else await deploySite(client, site)
    await respond(event.ResponseURL, { ...answer, Status: 'SUCCESS' })
  } catch (error) {
    logger.error('The site could not be deployed.', error)
    const Reason = error instanceof Error ? error.message : 'It could not be deployed; the function’s log says why.'
    await respond(event.ResponseURL, { ...answer, Status: 'FAILED', Reason })
  }
}

async function respond(url: string, body: Record<string, string>): Promise<void> {
  // The URL is signed for a request without a content type.
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`CloudFormation refused the answer with ${answer.status}.`)
}
