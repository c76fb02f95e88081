import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './scripts/compress.mjs';

const api = process.env.IONLOOP_API ?? 'http://127.0.0.1:4680';

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    // The page is served under a policy that allows scripts and styles of its own origin alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      '/graphql': { target: api, ws: true },
      '/auth': { target: api },
      '/artifacts': { target: api },
      '/v1': { target: api },
    },
  },
});
