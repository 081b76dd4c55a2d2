import * as z from 'zod'

/** Where the dashboard's build puts files whose names hold a digest of their content. */
export const ASSETS_FOLDER = 'assets/'

/** The tag of assets that belong to a former version: the bucket's lifecycle removes them 30 days later. */
export const SUPERSEDED = { key: 'superseded', value: 'true' } as const

/** Where the site's files are and where they go, as CloudFormation passes it on. */
export const siteFilesSchema = z.object({
  bucket: z.string(),
  /** The zip archive of all files, where CDK has put it while deploying. */
  archive: z.object({ bucket: z.string(), key: z.string() }),
  /** Files whose text is known only while deploying, by name. */
  texts: z.record(z.string(), z.string()),
})

export type SiteFiles = z.infer<typeof siteFilesSchema>
