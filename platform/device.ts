/**
 * What a browser says of itself, in two words that somebody recognises. What is not on these lists is nothing: the
 * header comes from whoever sent the request, and may say anything.
 */
export type Device = { browser: string | null; system: string | null }

// The first that fits: nearly every browser also claims to be the ones below it.
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

const first = (list: [RegExp, string][], agent: string) => list.find(([shape]) => shape.test(agent))?.[1] ?? null

export const deviceOf = (userAgent: string): Device => {
  const agent = userAgent.slice(0, 400)
  return { browser: first(browsers, agent), system: first(systems, agent) }
}
