import * as z from 'zod'

/** The files that are to make the site, as CloudFormation hands them over. */
export const siteFilesSchema = z.object({
  bucket: z.string(),
  /** Where CDK has put the files while deploying. */
  assetBucket: z.string(),
  files: z.array(z.object({ name: z.string(), assetKey: z.string(), type: z.string() })),
  /** Files whose text is known only while deploying. */
  texts: z.array(z.object({ name: z.string(), body: z.string(), type: z.string() })),
})

export type SiteFiles = z.infer<typeof siteFilesSchema>
