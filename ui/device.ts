/** What a browser says of itself, in two words that people know. Whatever it claims beside them is left out. */

const browsers: readonly [RegExp, string][] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
]

const systems: readonly [RegExp, string, boolean][] = [
  [/\biPhone\b/, 'iPhone', true],
  [/\biPad\b/, 'iPad', true],
  [/\bAndroid\b/, 'Android', true],
  [/\bWindows\b/, 'Windows', false],
  [/\bMac OS X\b/, 'macOS', false],
  [/\bCrOS\b/, 'ChromeOS', false],
  [/\bLinux\b/, 'Linux', false],
]

export type Device = { browser: string | null; system: string | null; isHandheld: boolean }

export const deviceOf = (userAgent: string | null): Device => {
  const said = userAgent?.slice(0, 500) ?? ''
  const browser = browsers.find(([pattern]) => pattern.test(said))
  const system = systems.find(([pattern]) => pattern.test(said))
  return { browser: browser?.[1] ?? null, system: system?.[1] ?? null, isHandheld: system?.[2] ?? false }
}
