import type { Tool } from '../tool.js';
import { batchWrite } from './batch-write.js';
import { deleteAttachment } from './delete-attachment.js';
import { deleteNote } from './delete-note.js';
import { downloadAttachment } from './download-attachment.js';
import { editNote } from './edit-note.js';
import { findOrphanedNotes } from './find-orphaned-notes.js';
import { gardenReport } from './garden-report.js';
import { getHistory } from './get-history.js';
import { getLinks } from './get-links.js';
import { getRecentChanges } from './get-recent-changes.js';
import { listAttachments } from './list-attachments.js';
import { listNotes } from './list-notes.js';
import { readNote } from './read-note.js';
import { renameNote } from './rename-note.js';
import { restoreNote } from './restore-note.js';
import { searchNotes } from './search-notes.js';
import { semanticSearch } from './semantic-search.js';
import { uploadAttachment } from './upload-attachment.js';
import { writeNote } from './write-note.js';

/** Every tool of a wiki, in the order clients see them. */
export const tools: readonly Tool[] = [
  ...[readNote, writeNote, editNote, listNotes, searchNotes, semanticSearch, getLinks],
  ...[getRecentChanges, getHistory, renameNote, deleteNote, findOrphanedNotes],
  ...[listAttachments, uploadAttachment, downloadAttachment, deleteAttachment],
  ...[gardenReport, batchWrite, restoreNote],
];
