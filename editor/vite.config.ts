import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const OUT = fileURLToPath(new URL('../.editor', import.meta.url))
const API = `http://127.0.0.1:${process.env.PORT || 4000}`
const COMPRESSED = /\.(js|css|html|svg)$/

/** Puts a brotli and a gzip twin beside each text, so that the API compresses nothing while it serves. */
const compress: Plugin = {
  name: 'compress',
  apply: 'build',
  closeBundle() {
    const files = readdirSync(OUT, { recursive: true, encoding: 'utf8' }).filter((file) => COMPRESSED.test(file))
    for (const file of files) {
      const bytes = readFileSync(`${OUT}/${file}`)
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
      writeFileSync(`${OUT}/${file}.br`, brotliCompressSync(bytes, { params }))
      writeFileSync(`${OUT}/${file}.gz`, gzipSync(bytes, { level: 9 }))
    }
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), compress],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    // browsers that know light-dark(); written for older ones it would lose the colours, for Mantine sets the scheme by a variable
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    manifest: true,
  },
  // while the pages are written, `npm run pages` serves them over a running Tidings
  server: { proxy: { '/v1': API, '/sign-in': API } },
})
