import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { secretOf } from '../../../local/simulated-openai/project-keys.ts'
import { userSchema as anthropicUserSchema } from '../../../shared/providers/anthropic/schemas.ts'
import { inviteSchema, userSchema } from '../../../shared/providers/openai/schemas.ts'
import { PROVIDERS } from '../../../shared/providers/registry.ts'
import { withoutKeys } from '../../../shared/providers/text/without-keys.ts'

const HALF = 'Ab3dEf6hIj9lMn2pQr5t'

describe('A name without a key stays as it is:', () => {
  test.each([
    'Nightly job',
    'sk-learn pipeline',
    'sk-learn-pipeline-for-the-search-team',
    'sk-classification-model-2024-v2',
    'SK-Projects-2024-Overview-Of-Everything',
    'task-runner-of-the-search-team',
    'desk-proj-alpha',
    'task-admin-panel-of-the-team',
    'Customer-Support-Assistant-Production-2024-EU',
    'BackendServiceKeyForProduction2024EuropeWest',
    'MyProject_Backend_Service_2_Development_Key',
    '4f9619ff-8b86-d011-b42d-00c04fc964ff',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'proj_8Xk2mQ7aVb3NcR9tYw5ZpL4s',
    'iPhone14 Pro, iOS17 und macOS15 Build24A335',
    'Sk. Ivan – proj 12',
    'José Łukasz 植村 花子',
    'علی\u200Cرضا',
    '👩\u200D💻 bot',
    '•••',
    '',
  ])('%j', (name) => {
    expect(withoutKeys(name)).toBe(name)
  })
})

describe('A key in a name is masked:', () => {
  test.each([
    ['as it is', `job (sk-proj-${HALF})`, 'job (••••)'],
    ['its beginning', 'sk-proj-Ab3dE', '••••'],
    ['in capitals', 'SK-ADMIN-ab3dEf6hI', '••••'],
    ['masked', 'old sk-Ab3***wxyz', 'old ••••'],
    ['masked by dots', 'sk-…wxyz', '••••'],
    ['masked by many dots', 'sk-proj......wxyz now', '•••• now'],
    ['without a kind', `sk-${HALF}`, '••••'],
    ['without a kind, in small letters', 'sk-verysecretverysecretverysecret', '••••'],
    ['of another provider', `sk-ant-api03-${HALF}`, '••••'],
    ['with underscores', `sk_proj_${HALF} of Ana`, '•••• of Ana'],
    ['with an underscore, without a kind', `sk_${HALF}`, '••••'],
    ['with a word processor’s hyphens', `sk–proj‑${HALF}`, '••••'],
    ['with a zero-width space inside', `x sk-proj-Ab3dEf\u200B6hIj9lMn2p y`, 'x •••• y'],
    ['with a zero-width space in its prefix', `s\u200Bk-pr\u2060oj-${HALF}`, '••••'],
    ['with a soft hyphen inside', `sk-proj-Ab3d\u00ADEf6hIj9l`, '••••'],
    ['in full width', `ｓｋ－ｐｒｏｊ－Ａｂ３ｄＥｆ６ｈ!`, '••••!'],
    ['in mathematical letters', `𝐬𝐤-proj-${HALF} 👩‍💻`, '•••• 👩‍💻'],
    ['split by a space', `sk-proj-Ab3dEf6hIj9l Mn2pQr5tAb3d job`, '•••• job'],
    ['split by a line break', `sk-proj-Ab3dEf6hIj9l\r\nMn2pQr5tAb3d`, '••••'],
    ['split into several', `sk-Ab3dEf6h Ij9lMn2p Qr5tAb3d, old`, '••••, old'],
    ['split after its prefix', `sk-proj- ${HALF} job`, '•••• job'],
    ['with spaces in its prefix', `sk - proj - ${HALF}`, '••••'],
    ['by what all keys contain', 'aaaaaaaaT3BlbkFJaaaaaaaa', '••••'],
    ['without its prefix', `key: ${HALF}${HALF}!`, 'key: ••••!'],
    ['without its prefix, split', `${HALF} ${HALF}`, '••••'],
    ['after other letters', `KEYsk-proj-${HALF}${HALF}`, '••••'],
    ['twice', `sk-proj-Ab3dEf6h and sk_svcacct_Ab3dEf6h`, '•••• and ••••'],
    ['in an address', `sk-proj-${HALF}@acme.example`, '••••@acme.example'],
  ])('%s', (_, name, shown) => {
    expect(withoutKeys(name)).toBe(shown)
  })
})

test('Keys of all providers are masked, also when little of them follows the prefix', () => {
  for (const { key } of PROVIDERS) {
    for (const prefix of [key.prefix, ...key.otherPrefixes]) {
      expect(withoutKeys(`job ${prefix}${HALF}`)).toBe('job ••••')
    }
    expect(withoutKeys(`job ${key.prefix}Ab3dE`)).toBe('job ••••')
  }
  expect(withoutKeys('sk-ant-api03-Ab3dE')).toBe('••••')
})

test('Of random keys with their prefix, however they are spelled, nothing is left', () => {
  const spellings: readonly ((key: string) => string)[] = [
    (key) => key,
    (key) => key.replaceAll('-', '_'),
    (key) => key.slice(0, 27) + '\u200B' + key.slice(27),
    (key) => key.split('').join('\u200D'),
  ]
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...spellings), (seed, spell) => {
      expect(withoutKeys(`job ${spell(secretOf(seed))}`)).toBe('job ••••')
    }),
  )
})

test('Ordinary text is never changed, and what is masked stays so', () => {
  const ordinary = fc.array(fc.constantFrom('Search', 'team', 'of', '2024', 'sk', 'proj', 'v2', 'Łukasz', '🙂', '(EU)'))
  fc.assert(fc.property(ordinary, (words) => withoutKeys(words.join(' ')) === words.join(' ')))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const shown = withoutKeys(`${text} sk-proj-${HALF}`)
      expect(withoutKeys(shown)).toBe(shown)
    }),
  )
})

test('Names, addresses and roles of members and invitations, and names of projects, are shown without keys', () => {
  const key = `sk-proj-${HALF}`
  const found = userSchema.parse({
    id: 'user-1',
    name: `Ana ${key}`,
    email: `${key}@acme.example`,
    role: key,
    projects: { data: [{ id: 'proj_1', name: `Search ${key}` }] },
    user: { name: key, email: key },
  })
  expect(found).toMatchObject({
    name: 'Ana ••••',
    email: '••••@acme.example',
    role: '••••',
    user: { name: '••••', email: '••••' },
  })
  expect(found.projects?.data?.[0]?.name).toBe('Search ••••')
  expect(anthropicUserSchema.parse({ id: 'user_1', name: `Ana ${key}`, email: key, role: key })).toMatchObject({
    name: 'Ana ••••',
    email: '••••',
    role: '••••',
  })
  expect(inviteSchema.parse({ id: 'invite-1', email: `${key}@acme.example` }).email).toBe('••••@acme.example')
})
