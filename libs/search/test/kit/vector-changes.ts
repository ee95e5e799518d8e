import type { PageChunks, VectorChange } from '../../src/vectors/vector-index.js';

/** Of what a writer writes that is killed. */
export const writerKind = { dimensions: 384, modelId: 'a model' };

/** What is written in a step; nothing but the number of the step decides that. */
export function changeAt(step: number): VectorChange {
  const vector = (at: number) =>
    Float32Array.from({ length: 384 }, (_, place) => ((step * 7 + at * 3 + place) % 17) / 8 - 1);
  const chunk = (at: number) => ({
    textHash: `${step} ${at}`,
    vector: vector(at),
    details: { section: '', sectionPath: `p${step % 4}`, text: `${step} ${at}`, pageWords: step },
  });
  const chunks = Array.from({ length: 50 + (step % 50) }, (_, at) => chunk(at));
  return {
    removed: step % 5 === 4 ? [`p${(step + 1) % 4}`] : [],
    pages: [{ path: `p${step % 4}`, stamp: `${step}`, chunks }],
    position: `${step}`,
  };
}

/** The pages after so many steps. */
export function pagesAfter(position: number): PageChunks[] {
  const pages = new Map<string, PageChunks>();
  for (let step = 0; step <= position; step += 1) {
    const { removed, pages: written } = changeAt(step);
    for (const path of removed) pages.delete(path);
    for (const page of written) pages.set(page.path, page);
  }
  return Array.from(pages.values());
}
