import * as z from 'zod'

/** Where the dashboard's build puts files whose names hold a digest of their content. */
export const ASSETS_FOLDER = 'assets/'

/** The tag of assets that belong to a former version: the bucket's lifecycle removes them 30 days later. */
export const SUPERSEDED = { key: 'superseded', value: 'true' } as const

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
