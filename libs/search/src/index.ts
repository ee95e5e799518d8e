export { SearchError, searchErrorCodes, type SearchErrorCode } from './search-errors.js';
export type { SearchMode } from './finder.js';
export type { PastPages, PastPort, PastWiki } from './past-port.js';
export { Search, type Found, type Meaning, type SearchQuery } from './search.js';
export type { Hit } from './hits.js';
export type { Indexer, IndexStatus } from './indexer.js';
export type { IndexProgress, IndexRun } from './filling.js';
export type { IndexState } from './index-lag.js';
export { Meanings } from './meanings.js';
export { SearchAcross, type AcrossQuery, type FoundAcross } from './search-across.js';
export type { NearPage } from './related-pages.js';
export type { PageToChunk } from './chunking.js';
export type { PageContent, PagesPort, PageVersion, ReachedPage, WikiPages } from './pages-port.js';
export type {
  KeywordCounts,
  KeywordForm,
  KeywordHit,
  KeywordNarrowing,
  KeywordPort,
  KeywordQuestion,
  KeywordTerm,
  KeywordText,
  KeywordWord,
  WeighedTerm,
} from './keyword-port.js';
export { Embedder, type EmbedderOptions, type EmbedderStatus, type EmbedOptions } from './embedding/embedder.js';
export { dimensions, longestText, shippedModel } from './embedding/model.js';
