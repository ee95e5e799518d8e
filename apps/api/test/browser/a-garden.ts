import { type TestApp, startApp } from '../kit/app.js';
import { aWiki, type WikiKit } from '../kit/a-wiki.js';

export const password = 'correct horse battery';

/** A server with a wiki that has a bit of everything on its pages. */
export interface Garden {
  app: TestApp;
  wiki: WikiKit;
  /** The address of the wiki, without the host. */
  base: string;
  stop(): Promise<void>;
}

/** A public wiki of alice, in which bob writes too. */
export async function aGarden(variables: Record<string, string> = {}): Promise<Garden> {
  const app = await startApp(variables);
  const wiki = await aWiki(app, 'alice', 'garden', { visibility: 'public' });
  await app.addUser('bob');
  for (const username of ['alice', 'bob']) await app.rooms.people.setPassword(username, password);
  const added = await wiki.platform.put('/wikis/alice/garden/members/bob', { role: 'editor' });
  if (added.status >= 300) throw new Error(`bob may not write: ${JSON.stringify(added.body)}`);
  const write = async (path: string, content: string) => {
    const address = `/pages/${encodeURIComponent(path)}`;
    const { body: known } = await wiki.rest.get(address);
    const { status, body } = await wiki.rest.put(address, { content, revision: known['revision'] });
    if (status >= 300) throw new Error(`${path} was refused: ${JSON.stringify(body)}`);
  };
  for (const [path, content] of Object.entries(pages)) await write(path, content);
  await write('Soil', 'The soil is wet.\n\nIt smells of rain.\n');
  return { app, wiki, base: '/@alice/garden', stop: () => app.stop() };
}

const everything = `---
category: reference
tags: [syntax, all of it]
planted: 2026-03-01
---

# Everything

Some *words*, **more**, ~~less~~ and ==marked== ones, a [[Soil]] link, one to [[Nowhere]] and [another](https://example.org).

## Lists

- [x] dug
- [ ] sown

1. one
2. two

## A table

| plant | water |
| ----- | ----: |
| rose  | 3 l   |
| moss  | 1 l   |

## Code and formulas

\`\`\`python=
def water(plants):
    return [plant.thirst * 2 for plant in plants]  # litres
\`\`\`

Water is $w = \\frac{t}{2}$, and

$$\\sum_{i=1}^{n} w_i$$

## Blocks

> [!WARNING] Frost
> Cover the beds.

> [!NOTE]- Folded
> What is inside.

::: info Heading
A block.
:::

>! A spoiler

\`\`\`mermaid
flowchart LR
  Seed --> Plant --> Flower
\`\`\`

### עברית

שלום עולם

A footnote.[^1]

[^1]: At the end.

![[Soil]]
`;

const pages: Record<string, string> = {
  Home: '# The garden\n\nSee [[Beds/Roses]], [[Soil]] and [[Everything]].\n',
  'Beds/Roses':
    '---\ntags: [red]\ncategory: actor\n---\n\n# Roses\n\nThey need [[Soil]].\n\n## Red\n\nDark.\n\n## White\n\nBright.\n',
  'Beds/Tulips': '# Tulips\n\nThey come from [[Beds/Roses|beside the roses]].\n',
  Soil: 'The soil is dry.\n',
  Everything: everything,
};
