import type { Texts } from '../texts/texts.js';
import { modes, type SearchForm } from './finding.schema.js';
import { filtersOf, searchAddress } from './search-address.js';

/** What the filters offer to choose from. */
export interface Choices {
  folders: readonly string[];
  tags: readonly string[];
  categories: readonly string[];
}

interface SearchFieldsProps {
  form: SearchForm;
  choices: Choices;
  /** The address of the search page. */
  at: string;
  texts: Texts;
  label: string;
  fault: string | null;
}

/** What is searched for, and among which pages. */
export function SearchFields({ form, choices, at, texts, label, fault }: SearchFieldsProps) {
  const { finding } = texts;
  const filters = filtersOf(form);
  const isNarrow = filters.length > 0 || form.mode !== 'hybrid';
  return (
    <form role="search" aria-label={label} action={at} class="site-find">
      <QueryField {...{ form, texts, label, fault }} />
      {filters.length > 0 && (
        <ul class="site-chosen">
          {filters.map(({ name, value }) => (
            <li>
              <a
                href={searchAddress(at, { ...form, [name]: undefined, offset: 0 })}
                aria-label={finding.without(value)}
              >
                {finding[name]}: {value} <span aria-hidden="true">×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <details class="site-filters" open={isNarrow}>
        <summary>{finding.filters}</summary>
        <div class="site-filter-fields">
          <Listed name="folder" label={finding.folder} value={form.folder} names={choices.folders} />
          <Listed name="tag" label={finding.tag} value={form.tag} names={choices.tags} />
          <Category {...{ form, choices, texts }} />
          <div class="site-field">
            <label for="site-since">{finding.since}</label>
            <input id="site-since" name="since" type="date" value={form.since ?? ''} />
          </div>
          <div class="site-field">
            <label for="site-author">{finding.author}</label>
            <input id="site-author" name="author" value={form.author ?? ''} placeholder={finding.authorHint} />
          </div>
          <Mode form={form} texts={texts} />
        </div>
      </details>
    </form>
  );
}

/** The field for what is searched for, and what is wrong with it. */
export function QueryField({ form, texts, label, fault }: Omit<SearchFieldsProps, 'choices' | 'at'>) {
  return (
    <>
      <div class="site-field">
        <label for="site-query">{label}</label>
        <div class="site-find-line">
          <input id="site-query" name="q" type="search" value={form.q} autofocus={form.q === ''} />
          <button class="site-button site-primary" type="submit">
            {texts.finding.narrow}
          </button>
        </div>
      </div>
      {fault !== null && (
        <p class="site-fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

interface ListedProps {
  name: 'folder' | 'tag';
  label: string;
  value: string | undefined;
  names: readonly string[];
}

/** A field with names to choose from, into which others may be written. */
function Listed({ name, label, value, names }: ListedProps) {
  return (
    <div class="site-field">
      <label for={`site-${name}`}>{label}</label>
      <input id={`site-${name}`} name={name} value={value ?? ''} list={`site-${name}-list`} autocomplete="off" />
      <datalist id={`site-${name}-list`}>
        {names.map((one) => (
          <option value={one} />
        ))}
      </datalist>
    </div>
  );
}

function Category({ form, choices, texts }: Pick<SearchFieldsProps, 'form' | 'choices' | 'texts'>) {
  const chosen = form.category?.toLowerCase();
  const isListed = chosen === undefined || choices.categories.some((name) => name.toLowerCase() === chosen);
  const names = isListed || form.category === undefined ? choices.categories : [form.category, ...choices.categories];
  return (
    <div class="site-field">
      <label for="site-category">{texts.finding.category}</label>
      <select id="site-category" name="category">
        <option value="">{texts.finding.any}</option>
        {names.map((name) => (
          <option value={name} selected={name.toLowerCase() === chosen}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Whether words, meaning, or both are searched. */
export function Mode({ form, texts }: Pick<SearchFieldsProps, 'form' | 'texts'>) {
  return (
    <div class="site-field">
      <label for="site-mode">{texts.finding.mode}</label>
      <select id="site-mode" name="mode">
        {modes.map((mode) => (
          <option value={mode} selected={mode === form.mode}>
            {texts.finding.modes[mode]}
          </option>
        ))}
      </select>
    </div>
  );
}
