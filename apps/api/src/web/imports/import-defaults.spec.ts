import { describe, expect, it } from 'vitest';
import type { ImportRecord } from '@lib/wiki';
import { wantedAtFirst } from './import-defaults.js';

const of = (source: string) => wantedAtFirst({ source, wanted: null, report: null } as ImportRecord);

describe('the form of an import', () => {
  it.each([
    ['My Vault.zip', 'My Vault', 'my-vault'],
    ['notes.tar.gz', 'notes', 'notes'],
    ['https://github.com/owner/project.wiki.git', 'project', 'project'],
    ['https://git.example.org/group/straße/', 'straße', 'strasse'],
    ['Übersicht – 2026.bundle', 'Übersicht – 2026', 'ubersicht-2026'],
    ['日本語.zip', '日本語', 'wiki'],
    ['.zip', 'Wiki', 'wiki'],
  ])('takes names from %s', (source, name, slug) => {
    expect(of(source)).toMatchObject({ name, slug, visibility: 'private', linkOrder: 'target-first' });
  });
});
