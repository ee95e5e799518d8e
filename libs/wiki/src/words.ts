// Scripts written without blanks: an ideograph or kana counts as a word, as word processors count them.
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
// These have letters; a word has four or so.
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;
const lettersOfWord = 4;
const plain = /^[\x00-\u0dff]*$/;

/** How many words a text has: what stands between blanks, and an estimate where a script has no blanks. */
export function countWords(text: string): number {
  if (plain.test(text)) return tokens(text);
  let extra = 0;
  const rest = text
    .replace(ideograph, () => {
      extra++;
      return ' ';
    })
    .replace(unspaced, (run) => {
      extra += Math.ceil(run.length / lettersOfWord);
      return ' ';
    });
  return extra + tokens(extra === 0 ? rest : rest.replace(/(?<=\s|^)[\p{P}\p{S}]+(?=\s|$)/gu, ' '));
}

function tokens(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/\S+/g)) count++;
  return count;
}
