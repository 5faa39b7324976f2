// @ts-check
// The peer: what the framework costs when a page does nothing at all.
/** @type {import('next').NextConfig} */
export default { compress: true, poweredByHeader: false, images: { unoptimized: true } }
