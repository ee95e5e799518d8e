export { SearchError, searchErrorCodes, type SearchErrorCode } from './search-errors.js';
export { Search, type Found, type Hit, type SearchMode, type SearchQuery } from './search.js';
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
