import { longestPassword, shortestPassword } from '@lib/acl';
import type { Texts } from '../texts/texts.js';

interface FieldProps {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  value?: string;
  autocomplete: string;
  hint?: string | undefined;
  /** Why what was typed did not do. */
  fault?: string | undefined;
  required?: boolean;
}

/** A field of a form: its name above, what it takes and what was wrong with it below. */
export function Field({ name, label, type = 'text', value, autocomplete, hint, fault, required = true }: FieldProps) {
  const id = `site-${name.replaceAll('_', '-')}`;
  const described = [hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`].filter(Boolean);
  // preact knows which attributes each type takes; this one may be several.
  const attributes: object = {
    ...{ id, name, type, value, autocomplete, required, autocapitalize: 'off', spellcheck: false },
    // The first field that is wrong is where one goes on.
    autofocus: fault !== undefined,
    'aria-invalid': fault === undefined ? undefined : 'true',
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
  };
  return (
    <div class="site-field">
      <label for={id}>{label}</label>
      <input {...attributes} />
      {fault !== undefined && (
        <p class="site-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <p class="site-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The rules of a password, before one is chosen. */
export const passwordHint = ({ accounts }: Texts): string => accounts.passwordHint(shortestPassword, longestPassword);

/** The rule that a field breaks, in words. */
export function faultText({ accounts }: Texts, field: string, rule: string | undefined): string | undefined {
  if (rule === undefined) return undefined;
  const { username, password, ...faults } = accounts.faults;
  if (field === 'password' && rule === 'length') return password(shortestPassword, longestPassword);
  if (field === 'username' && (rule === 'length' || rule === 'characters')) return username;
  return rule in faults ? faults[rule as keyof typeof faults] : faults.characters;
}
