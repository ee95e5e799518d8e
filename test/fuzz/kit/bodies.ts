import fc from 'fast-check';

/** JSON as other programs write it: mostly plain, sometimes such as no program should. */
export function asSent(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.tuple(fc.integer({ min: 0, max: 24 }), value).map(([dice, body]) => {
    const text = JSON.stringify(body) ?? 'null';
    if (dice === 0) return `{"a":${'['.repeat(30_000)}`;
    if (dice === 1) return text.slice(0, -1);
    if (dice === 2) return text.replace(/^\{/, '{"path":1,"path":2,"content":null,');
    if (dice === 3) return text.replace(/"([^"\\]{1,9})"/, '"$1\\ud800"');
    if (dice === 4) return `\ufeff${text}`;
    if (dice === 5) return text.replace(/\d+/, '1e400');
    return text;
  });
}
