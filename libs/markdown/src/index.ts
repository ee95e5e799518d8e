export { embeddingsIn, indexOf, isOn, sourcesOf, type Embedding } from './embeddings.js';
export { frontmatterBlock, parseFrontmatter, type Frontmatter } from './frontmatter.js';
export { headingSlug } from './heading-slugs.js';
export { blocksOf, headingsIn, headingsOf, readHeading, type Heading } from './headings.js';
export { encodeTarget } from './link-targets.js';
export { linksIn, linksOf, type Link, type LinkOrder } from './links.js';
export { deceptiveCharacter, invisibleCharacter, quoted } from './name-characters.js';
export { encodedPath, fileAddress, pageAddress } from './page-address.js';
export {
  embedKey,
  type Listed,
  type ListedFile,
  type ListedPage,
  type PageText,
  type Place,
  type ShownHeading,
  type Showing,
  type ShownPage,
} from './page-text.js';
export { Renderer } from './renderer.js';
export { storable } from './storable-text.js';
