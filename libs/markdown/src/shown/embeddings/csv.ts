/** Reads lines of values; a value in quotes may hold the delimiter, breaks, and its quote twice. */
export function readCsv(text: string, delimiter: string, quote: string, mostRows: number): string[][] {
  const rows: string[][] = [];
  let [row, value, isQuoted] = [[] as string[], '', false];
  const endValue = () => {
    row.push(value);
    value = '';
  };
  const endRow = () => {
    endValue();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  const all = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  for (let at = 0; at < all.length && rows.length < mostRows; at += 1) {
    const sign = all[at] ?? '';
    if (isQuoted) {
      if (sign !== quote) value += sign;
      else if (all[at + 1] === quote) value += all[(at += 1)] ?? '';
      else isQuoted = false;
    } else if (sign === quote && value === '') isQuoted = true;
    else if (sign === delimiter) endValue();
    else if (sign === '\n' || sign === '\r') endRow();
    else value += sign;
  }
  if (rows.length < mostRows) endRow();
  return rows;
}

/** What divides the values of a text that does not say: whatever its first line has most of. */
export function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r\n|\n|\r/, 1);
  const count = (sign: string) => first.split(sign).length;
  return [';', ',', '\t', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
