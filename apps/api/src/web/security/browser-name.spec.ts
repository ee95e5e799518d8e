import { describe, expect, it } from 'vitest';
import { browserName } from './browser-name.js';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the name of a browser', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/143.0.0.0 Safari/537.36`, 'Chrome', 'Windows'],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/143.0 Safari/537.36 Edg/143.0`, 'Edge', 'Windows'],
    [`Mozilla/5.0 (Linux; Android 16) ${webkit} Chrome/143.0 Mobile Safari/537.36 EdgA/143.0`, 'Edge', 'Android'],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/26.0 Safari/605.1.15`, 'Safari', 'macOS'],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} CriOS/143.0 Safari/604.1`, 'Chrome', 'iPhone'],
    [`Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${webkit} Version/18.6 Safari/604.1`, 'Safari', 'iPad'],
    ['curl/8.5.0', 'curl', null],
    ['node', 'node', null],
  ])('%s', (agent, browser, system) => {
    expect(browserName(agent)).toEqual({ browser, system });
  });

  it.each([null, '', 'Mozilla/5.0 (X11)', '<b>x</b>/1', `${'x'.repeat(41)}/1`])('of %j is not known', (agent) => {
    expect(browserName(agent)).toBeNull();
  });
});
