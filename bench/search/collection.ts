import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text of a collection that is searched. */
export interface Document {
  id: string;
  title: string;
  body: string;
}

/** A question, and the documents that people judged to answer it. */
interface JudgedQuestion {
  id: number;
  text: string;
  relevant: ReadonlySet<string>;
}

export interface Collection {
  documents: Document[];
  /** Only those with judgements: nothing can be said of the others. */
  questions: JudgedQuestion[];
}

/** Reads the CISI collection as it is published: fields begin with a line of a dot and a letter. */
export function readCollection(folder: string): Collection {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const documents = recordsOf(read('CISI.ALL')).map(({ id, fields }) => ({
    id: documentId(id),
    title: inOneLine(fields.get('T')),
    body: (fields.get('W') ?? '').trim(),
  }));
  const judged = judgementsOf(read('CISI.REL'));
  const questions = recordsOf(read('CISI.QRY')).flatMap(({ id, fields }) => {
    const relevant = judged.get(id);
    return relevant === undefined ? [] : [{ id, text: inOneLine(fields.get('W')), relevant }];
  });
  return { documents, questions };
}

/** Not a bare number: in a wiki a page's path is searched too, and a year in a question must not find it. */
const documentId = (number: number): string => `d${String(number).padStart(4, '0')}`;

function recordsOf(text: string): { id: number; fields: Map<string, string> }[] {
  return text
    .split(/^\.I\s+/m)
    .slice(1)
    .map((record) => {
      const [id = '', ...parts] = record.split(/^\.([A-Z])[^\S\n]*$/m);
      const fields = new Map<string, string>();
      for (let at = 0; at + 1 < parts.length; at += 2) {
        const [name = '', content = ''] = [parts[at], parts[at + 1]];
        fields.set(name, `${fields.get(name) ?? ''}${content}`);
      }
      return { id: Number(id), fields };
    });
}

function judgementsOf(text: string): Map<number, Set<string>> {
  const judged = new Map<number, Set<string>>();
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [question = 0, document = 0] = line.trim().split(/\s+/).map(Number);
    judged.set(question, (judged.get(question) ?? new Set()).add(documentId(document)));
  }
  return judged;
}

const inOneLine = (text = ''): string => text.trim().replace(/\s+/g, ' ');
