import * as z from 'zod'

/** The dashboard's build puts files here whose names contain a digest of their content. */
export const ASSETS_FOLDER = 'assets/'

/** The tag of earlier versions' assets. The bucket's lifecycle rule removes them after 30 days. */
export const SUPERSEDED = { key: 'superseded', value: 'true' } as const

/** The site's files, as the properties of the custom resource. */
export const siteFilesSchema = z.object({
  bucket: z.string(),
  /** The bucket where CDK uploads the files during deployment. */
  assetBucket: z.string(),
  files: z.array(z.object({ name: z.string(), assetKey: z.string(), type: z.string() })),
  /** Files whose text is only known during deployment. */
  texts: z.array(z.object({ name: z.string(), body: z.string(), type: z.string() })),
})

export type SiteFiles = z.infer<typeof siteFilesSchema>
