import { expect, test } from '@jest/globals'
import type { BetaAPIKey } from '@anthropic-ai/sdk/resources/beta/organization/api-keys'
import type { BetaAnalyticsCostItem } from '@anthropic-ai/sdk/resources/beta/organization/analytics/cost'
import type { BetaAnalyticsUsageItem } from '@anthropic-ai/sdk/resources/beta/organization/analytics/usage'
import type { BetaOrganizationInvite } from '@anthropic-ai/sdk/resources/beta/organization/invites'
import type { BetaOrganizationUser } from '@anthropic-ai/sdk/resources/beta/organization/users'
import type { BetaWorkspace } from '@anthropic-ai/sdk/resources/beta/organization/workspaces/workspaces'
import type * as z from 'zod'
import {
  costItemSchema,
  keyUseSchema,
  totalCostSchema,
  usageItemSchema,
} from '../../../shared/providers/anthropic/analytics-schemas.ts'
import { apiKeySchema, inviteSchema, userSchema, workspaceSchema } from '../../../shared/providers/anthropic/schemas.ts'
import { ACTORS, costRow, usageRow } from './anthropic-bench.ts'

/* Compile-time checks: what Anthropic's own SDK says a reply may be, our schemas take in. */

const takesUser = (user: BetaOrganizationUser): z.input<typeof userSchema> => user
const takesInvite = (invite: BetaOrganizationInvite): z.input<typeof inviteSchema> => invite
const takesWorkspace = (workspace: BetaWorkspace): z.input<typeof workspaceSchema> => workspace
const takesKey = (key: BetaAPIKey): z.input<typeof apiKeySchema> => key
const takesUsage = (item: BetaAnalyticsUsageItem): z.input<typeof usageItemSchema> => item
const takesKeyUse = (item: BetaAnalyticsUsageItem): z.input<typeof keyUseSchema> => item
const takesCost = (item: BetaAnalyticsCostItem): z.input<typeof costItemSchema> => item
const takesTotal = (item: BetaAnalyticsCostItem): z.input<typeof totalCostSchema> => item

test('the schemas take in what the SDK types as a reply', () => {
  const user = takesUser({
    type: 'user',
    id: 'user_1',
    email: 'ana@acme.example',
    name: 'Ana',
    role: 'admin',
    added_at: '2026-01-01T00:00:00Z',
  })
  expect(userSchema.parse(user)).toMatchObject({ id: 'user_1', added_at: '2026-01-01T00:00:00.000Z' })
  const key = takesKey({
    type: 'api_key',
    id: 'apikey_1',
    name: 'Key',
    partial_key_hint: null,
    created_at: '2026-01-01T00:00:00Z',
    expires_at: null,
    status: 'active',
    created_by: null,
    principal: { type: 'service_account_actor', service_account_id: 'svac_1' },
    scope: { type: 'organization' },
  })
  expect(apiKeySchema.parse(key)).toMatchObject({ id: 'apikey_1', partial_key_hint: null })
  expect(usageItemSchema.parse(usageRow('2026-03-09', 1)).group.actor).toBe('user_ana')
  expect(costItemSchema.parse(costRow('2026-03-09', '1', { actor: ACTORS.key('1') })).group.actor).toBe('apikey_1')
  expect([takesInvite, takesWorkspace, takesUsage, takesKeyUse, takesCost, takesTotal]).toHaveLength(6)
})
