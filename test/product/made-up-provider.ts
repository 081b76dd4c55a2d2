import type { Provider, ProviderAccess } from '../../shared/providers/provider.ts'
import { FakeOrganization } from '../fakes/fake-organization.ts'

/** An optional data set of the made-up provider, which no key can read. */
interface Telemetry {
  check(): Promise<void>
  read(): Promise<never>
}

/** Quill has organizations in memory, by key. All its properties differ from those of real providers. */
export function createMadeUpProvider(telemetry: Telemetry) {
  const organizations = new Map<string, FakeOrganization>()
  const opened: ProviderAccess[] = []
  const provider: Provider = {
    id: 'quill',
    name: 'Quill',
    key: {
      label: 'Scribe key',
      prefix: 'qk-scribe-',
      otherPrefixes: ['qk-'],
      whoCanCreate: 'Only a **head scribe** can create one.',
      steps: ['Open [Keys](https://quill.example/keys).', 'Choose `read`.'],
    },
    directory: {
      ownerRoles: ['head_scribe'],
      ownerKindOfId: (userId) => {
        if (userId.startsWith('seal-')) return 'key'
        return userId.startsWith('golem-') ? 'service_account' : 'person'
      },
    },
    dataSets: [
      { id: 'directory', required: true, permission: 'scribes', gives: 'Scribes' },
      { id: 'usage', required: true, permission: 'ink', gives: 'Ink used' },
      { id: 'telemetry', required: false, permission: 'feathers', gives: 'Feathers' },
    ],
    partName: 'workspace',
    membersUrl: 'https://quill.example/scribes',
    keysUrl: 'https://quill.example/keys',
    adminKeysUrl: 'https://quill.example/scribe-keys',
    limitsUrl: 'https://quill.example/ink',
    unmeasuredProduct: 'Quill Letters',
    primaryKind: 'pages',
    countsAsRequests: 'Pages written with ink',
    freeSeats: false,
    baseUrl: 'https://api.quill.example',
    variables: { baseUrl: 'QUILL_BASE_URL', adminKey: 'QUILL_ADMIN_KEY' },
    advice: (code, dataSet) => `Quill says ${code} of ${dataSet}.`,
    open: async (access) => {
      opened.push(access)
      const organization = organizations.get(access.key.reveal()) ?? unknownOrganization()
      const { directory, series, lists } = organization
      return {
        directory,
        series: { ...series, telemetry },
        lists,
        identify: () => organization.identify(),
        findKeyExpiry: () => organization.findKeyExpiry(),
      }
    },
  }
  return { provider, organizations, opened }
}

function unknownOrganization(): FakeOrganization {
  const unknown = new FakeOrganization()
  unknown.failsWith = 'invalid_admin_key'
  return unknown
}
