import { expect, test } from '@jest/globals'
import type { AuditLogListResponse } from 'openai/resources/admin/organization/audit-logs'
import type { AdminAPIKey } from 'openai/resources/admin/organization/admin-api-keys'
import type { UsageCompletionsResponse } from 'openai/resources/admin/organization/usage'
import type { Invite } from 'openai/resources/admin/organization/invites'
import type { ProjectAPIKey } from 'openai/resources/admin/organization/projects/api-keys'
import type { Project } from 'openai/resources/admin/organization/projects/projects'
import type { OrganizationUser } from 'openai/resources/admin/organization/users/users'
import type * as z from 'zod'
import {
  adminKeyListSchema,
  inviteSchema,
  projectKeySchema,
  projectSchema,
  usageRowSchema,
  userSchema,
} from '../../../shared/providers/openai/schemas.ts'
import type { usagePageSchema } from '../../../shared/providers/openai/schemas.ts'
import { auditLogEntrySchema } from '../../../shared/providers/openai/audit-log.ts'
import { march } from './openai-bench.ts'

/*
 * Compile-time checks: what OpenAI's own SDK says a reply may be, our schemas take in. Its type of a bucket lets the
 * results be of any kind of usage; this endpoint sends completions alone, so results are checked by themselves.
 */
type CompletionsResult = UsageCompletionsResponse.Data.OrganizationUsageCompletionsResult
type Bucket = Omit<UsageCompletionsResponse.Data, 'results'> & { results: CompletionsResult[] }
type Page = Omit<UsageCompletionsResponse, 'data'> & { data: Bucket[] }

const takesUser = (user: OrganizationUser): z.input<typeof userSchema> => user
const takesRow = (result: CompletionsResult): z.input<typeof usageRowSchema> => result
const takesBucket = (bucket: Bucket): z.input<typeof usagePageSchema>['data'][number] => bucket
const takesPage = (page: Page): z.input<typeof usagePageSchema> => page
const takesKeys = (data: AdminAPIKey[]): z.input<typeof adminKeyListSchema> => ({ data, has_more: false })
const takesInvite = (invite: Invite): z.input<typeof inviteSchema> => invite
const takesEntry = (entry: AuditLogListResponse): z.input<typeof auditLogEntrySchema> => entry
const takesProject = (project: Project): z.input<typeof projectSchema> => project
const takesProjectKey = (key: ProjectAPIKey): z.input<typeof projectKeySchema> => key

test('the schemas take in what the SDK types as the least of a reply', () => {
  const user = takesUser({ object: 'organization.user', id: 'user-1', added_at: march(1) })
  expect(userSchema.parse(user)).toEqual({ id: 'user-1', addedAt: 1_772_323_200, email: null, name: null, role: null })
  const row = takesRow({
    object: 'organization.usage.completions.result',
    input_tokens: 1,
    output_tokens: 2,
    num_model_requests: 3,
  })
  expect(usageRowSchema.parse(row)).toEqual({ input_tokens: 1, output_tokens: 2, num_model_requests: 3 })
  expect(adminKeyListSchema.parse(takesKeys([]))).toEqual({ data: [], has_more: false, last_id: null })
  const project = takesProject({ object: 'organization.project', id: 'proj_1', created_at: march(1) })
  expect(projectSchema.parse(project)).toEqual({ id: 'proj_1', name: null })
  const entry = takesEntry({ id: 'audit_log-1', type: 'login.succeeded', effective_at: march(1) })
  expect(auditLogEntrySchema.parse(entry)).toEqual(entry)
  expect([takesBucket, takesPage, takesInvite, takesProjectKey]).toHaveLength(4)
})
