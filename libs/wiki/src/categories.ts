/** The categories a new wiki begins with, each with a sentence for the usage guide. */
export const categoryMeanings: ReadonlyMap<string, string> = new Map([
  ['actor', 'a person, organisation, state or system that acts'],
  ['event', 'something that happened, with its date'],
  ['trend', 'a development over time and what drives it'],
  ['hypothesis', 'a claim to be tested, with the evidence for and against'],
  ['variable', 'a quantity or factor that others depend on'],
  ['reference', 'facts, sources and instructions to look up'],
  ['index', 'a page that mainly links to the pages of an area'],
]);

/** The categories a new wiki begins with. */
export const defaultCategories: readonly string[] = [...categoryMeanings.keys()];
