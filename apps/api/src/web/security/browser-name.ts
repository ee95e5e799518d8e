/** What a browser is, from what it says of itself. */
export interface BrowserName {
  browser: string;
  system: string | null;
}

// The order matters: most browsers also name those they are like.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgi?[AO]?S?\//, 'Edge'],
  [/\b(?:OPR|OPT)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:(?:Headless)?Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** The name of a browser and of what it runs on; null when it does not say. */
export function browserName(agent: string | null): BrowserName | null {
  if (agent === null) return null;
  const browser = named(browsers, agent) ?? /^([\w.-]{1,40})(?:\/|$)/.exec(agent.replace(/^Mozilla\/5\.0 ?/, ''))?.[1];
  return browser === undefined ? null : { browser, system: named(systems, agent) };
}

const named = (table: typeof browsers, agent: string): string | null =>
  table.find(([pattern]) => pattern.test(agent))?.[1] ?? null;
