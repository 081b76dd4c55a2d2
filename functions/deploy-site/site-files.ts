import * as z from 'zod'

/** The dashboard's build puts files here whose names contain a digest of their content. */
export const ASSETS_FOLDER = 'assets/'

/** The tag of earlier versions' assets. The bucket's lifecycle rule removes them after 30 days. */
export const SUPERSEDED = { key: 'superseded', value: 'true' } as const

/** The source and the destination of the site's files, as the properties of the custom resource. */
export const siteFilesSchema = z.object({
  bucket: z.string(),
  /** The zip archive of all files, where CDK uploads it during deployment. */
  archive: z.object({ bucket: z.string(), key: z.string() }),
  /** Texts that are only known during deployment, by file name. */
  texts: z.record(z.string(), z.string()),
})

export type SiteFiles = z.infer<typeof siteFilesSchema>
