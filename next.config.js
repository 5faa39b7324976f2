// @ts-check

/** @type {import('next').NextConfig} */
const config = {
  // `server/` stands in front: it compresses, sets the headers and serves the static files from memory.
  compress: false,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // Remote images and the resizing endpoint are an attack surface that nothing here needs.
  images: { unoptimized: true },
  // Types are checked by `npm run check` and `npm test`; whoever only starts the product need not wait for them.
  typescript: { ignoreBuildErrors: true },
  // Native code, WebAssembly and packages that read files beside themselves are loaded, not bundled.
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    'handlebars',
    'html-to-text',
    'kysely',
    'mjml',
    'nodemailer',
    'pg',
    'pino',
    'sharp',
  ],
}

export default config
