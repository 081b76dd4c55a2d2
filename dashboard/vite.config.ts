import { join } from 'node:path'
import { defineConfig } from 'vite'

const api = process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:3000'
const proxy = { '/v1': { target: api, changeOrigin: true, headers: { origin: api } } }

/**
 * Builds the dashboard to `dist`. The development server forwards `/v1` to a running `npm start`, or to `ROLLCALL_URL`.
 */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: [{ find: /^fflate$/, replacement: join(import.meta.dirname, 'src/zip-without-workers.ts') }] },
  // Styles and images stay files: the content policy allows nothing inline.
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The relevant limit is the compressed first load: check-weight.ts.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // Forms need what describes a provider, and never open an organization: the code that sends requests is left out.
      external: (id, importer) => id === './organization.ts' && importer?.includes('/shared/providers/') === true,
      // Libraries mark their client components with a directive. Nothing here renders on a server.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
      },
    },
  },
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
})
