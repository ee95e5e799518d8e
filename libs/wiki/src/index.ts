export * from './wiki-errors.js';
export { pagePath, readablePath, fileOf, pageOfFile, type PagePath } from './page-path.js';
export { attachmentName, attachmentFile } from './attachment-path.js';
export { foldPath, twinKey, twinOf } from './path-folding.js';
export { checkTree, type TreeEntry, type TreeLimits, type TreeVerdict } from './tree-rules.js';
export { resolveLink, pageLookup, fileCandidates, type PageLookup, type Resolution } from './link-resolution.js';
export { rewriteLinks, retarget } from './link-rewriting.js';
export { findSection, replaceSection, type Section } from './sections.js';
export { editUnique, appendText } from './edits.js';
export { parsePage, type ParsedPage } from './page.js';
export { categoryMeanings, defaultCategories } from './categories.js';
export { starterPages } from './starter-pages.js';
export type { StarterOptions, StarterPage } from './starter-options.js';
export { guidePath, homePath } from './starter-paths.js';
export { guideBase, guideIsOutdated, isGeneratedGuide, refreshGuide, type TextMerge } from './guide-refresh.js';
export type { ToolInfo } from './tool-info.js';
export type { KeywordPage } from './keyword-page.js';
export { PostgresKeywordTables, type KeywordTables } from './keyword-tables.js';
export { KeywordIndex } from './keyword-index.js';
export { keptLineBreaks } from './line-breaks.js';
export { LoosePages, type LooseText } from './loose-pages.js';
export { MeaningPages } from './meaning-pages.js';
export { PagesBeside } from './pages-beside.js';
export { PastWikis } from './past-wikis.js';
export { Suggestions, type Suggestion } from './suggestions.js';
export { PageWriter } from './page-writer.js';
export type {
  BatchResult,
  LinkStyle,
  PageLinks,
  WriteBatch,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from './write-types.js';
export { mimeOf } from './attachments-mime.js';
export { Attachments, type AttachmentRow } from './attachments.js';
export { Files, type FileRevision, type FileRow } from './files.js';
export type { FileFilter } from './file-list.js';
export { FileWriter, type FileWritten } from './file-writer.js';
export { Backlinks } from './backlinks.js';
export { Catalogue, type CataloguePosition } from './catalogue.js';
export type { ChangeInfo } from './change-info.js';
export { DeletedPages, type DeletedPage } from './deleted-pages.js';
export { ChangesAcross, type AuthorNews, type Newest, type WikiNews } from './changes-across.js';
export { Drafts, type Draft, type OwnDraft } from './drafts.js';
export { Visits } from './visits.js';
export { Folders, type FolderContents, type FolderResult, type PagesAndFiles } from './folders.js';
export { Reverts, type RevertResult, type RevertSides } from './reverts.js';
export type { RevertConflict, RevertHindrance } from './revert-changes.js';
export { Gardening, type GardenLimits } from './gardening.js';
export type { ChangesFilter } from './history-changes.js';
export { wikiMigrations } from './migrations/migrations.js';
export { Commits, type FileChange } from './commits.js';
export { PageHistory, type BlamedLine } from './page-history.js';
export type { PageAddress, PageFilter, PageRow, PageView } from './page-view.js';
export { PageTree, type TreeLevel } from './page-tree.js';
export { PageTemplates, templateFolder } from './page-templates.js';
export { PageTexts } from './page-texts.js';
export { Pages } from './pages.js';
export type { LinkMap, LinkMapFilter, MappedPage } from './link-map.js';
export { WikiSettings, type Settings } from './wiki-settings.js';
export { PushRules, type PushVerdict } from './push-rules.js';
export type { Pushed } from './push-rules-commits.js';
export { importSource, storedSource, type ImportSource } from './import-source.js';
export type { ImportStep } from './import-steps.js';
export type { ImportReport } from './import-report.js';
export { ImportRecords, type NewImport } from './import-records.js';
export type { ImportFault, ImportRecord, ImportWanted } from './import-rows.js';
export { Copies, type Copy } from './copies.js';
export { WikiImport, type ImportOptions, type ImportProgress } from './import-wiki.js';
