import { expect, test } from '@jest/globals'
import { localConfig } from '../../local/settings/local-config.ts'
import { readSettings, SettingsError } from '../../local/settings/settings.ts'

test('Without any variable, Rollcall uses port 3000 and the folder .rollcall', () => {
  expect(readSettings({}, [])).toEqual({
    port: 3000,
    dataDir: '.rollcall',
    encryptionKey: undefined,
    tokens: undefined,
    syncIntervalSeconds: undefined,
    adminKeys: {},
    baseUrls: {},
    empty: false,
  })
})

test('Unless the configuration names them, sign-ins are not read', () => {
  expect(localConfig.optionalDataSets).toEqual(['other_usage', 'costs', 'keys', 'invites'])
})

test('A variable that is empty counts as not set', () => {
  const environment = { PORT: '', ROLLCALL_DATA_DIR: '', ROLLCALL_TOKEN: '', ROLLCALL_SYNC_INTERVAL_SECONDS: '' }
  expect(readSettings({ ...environment, OPENAI_ADMIN_KEY: '', OPENAI_BASE_URL: '' }, [])).toEqual(readSettings({}, []))
})

test.each([
  [{ PORT: '0' }, { port: 0 }],
  [{ PORT: '65535' }, { port: 65_535 }],
  [{ ROLLCALL_TOKEN: 's3cret!' }, { tokens: [{ token: 's3cret!', role: 'admin' }] }],
  [
    { ROLLCALL_TOKEN: 'viewer:reads reviewer:accepts admin:wri:tes' },
    {
      tokens: [
        { token: 'reads', role: 'viewer' },
        { token: 'accepts', role: 'reviewer' },
        { token: 'wri:tes', role: 'admin' },
      ],
    },
  ],
  [{ ROLLCALL_SYNC_INTERVAL_SECONDS: '1' }, { syncIntervalSeconds: 1 }],
  [{ ROLLCALL_DATA_SETS: 'keys, logins' }, { optionalDataSets: ['keys', 'logins'] }],
  [{ ROLLCALL_DATA_SETS: 'none' }, { optionalDataSets: [] }],
  [{ ROLLCALL_ENCRYPTION_KEY: 'sixteen letters!' }, { encryptionKey: 'sixteen letters!' }],
  [{ OPENAI_ADMIN_KEY: 'a key' }, { adminKeys: { openai: 'a key' } }],
  [
    { OPENAI_ADMIN_KEY: 'a key', ANTHROPIC_ADMIN_KEY: 'another key' },
    { adminKeys: { openai: 'a key', anthropic: 'another key' } },
  ],
  [{ ANTHROPIC_BASE_URL: 'https://proxy.example' }, { baseUrls: { anthropic: 'https://proxy.example' } }],
  [{ OPENAI_BASE_URL: 'https://proxy.example/v1' }, { baseUrls: { openai: 'https://proxy.example/v1' } }],
  [{ OPENAI_BASE_URL: 'http://127.0.0.1:4010/v1' }, { baseUrls: { openai: 'http://127.0.0.1:4010/v1' } }],
  [{ OPENAI_BASE_URL: 'http://[::1]:4010/v1' }, { baseUrls: { openai: 'http://[::1]:4010/v1' } }],
])('%j is accepted', (environment, expected) => {
  expect(readSettings(environment, [])).toMatchObject(expected)
})

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80 '],
  ['PORT', '3e3'],
  ['ROLLCALL_TOKEN', 'two words'],
  ['ROLLCALL_TOKEN', 'admin: '],
  ['ROLLCALL_TOKEN', 'viewer:reads writes'],
  ['ROLLCALL_TOKEN', 'schlüssel'],
  ['ROLLCALL_SYNC_INTERVAL_SECONDS', '0'],
  ['ROLLCALL_DATA_SETS', 'audit_log'],
  ['ROLLCALL_DATA_SETS', 'directory'],
  ['ROLLCALL_SYNC_INTERVAL_SECONDS', '1.5'],
  ['ROLLCALL_ENCRYPTION_KEY', 'fifteen letters'],
  ['OPENAI_BASE_URL', 'http://proxy.example/v1'],
  ['OPENAI_BASE_URL', 'http://127.0.0.1.example/v1'],
  ['OPENAI_BASE_URL', 'https://user:word@proxy.example/v1'],
  ['OPENAI_BASE_URL', 'file:///etc/hosts'],
  ['OPENAI_BASE_URL', 'nonsense'],
  ['ANTHROPIC_BASE_URL', 'http://proxy.example'],
])('%s cannot be “%s”: the message names the variable, not the value', (name, value) => {
  const read = () => readSettings({ [name]: value }, [])
  expect(read).toThrow(SettingsError)
  expect(read).toThrow(new RegExp(`^${name} must `))
  expect(read).not.toThrow(value)
})

test('--empty is the only argument', () => {
  expect(readSettings({}, ['--empty']).empty).toBe(true)
  for (const args of [['--port=1'], ['empty'], ['--empty', 'more'], ['--empty=yes']]) {
    expect(() => readSettings({}, args)).toThrow(SettingsError)
  }
})
