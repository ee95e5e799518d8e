import type { ComponentChildren } from 'preact';
import { Field } from '../accounts/field.js';
import type { Texts } from '../texts/texts.js';
import { Area, type Choice, Choices } from '../layout/fields.js';
import { FormToken } from '../layout/form-token.js';
import { lives, type TypedToken } from './tokens.schema.js';

/** What stands in a form for a token at first. */
export const unwrittenToken: TypedToken = { label: '', may: 'read', paths: '', expires: '' };

interface TokenFormProps {
  texts: Texts;
  formToken: string | null;
  action: string;
  typed: TypedToken;
  fields: Record<string, string>;
  /** What it may be allowed. */
  choices: readonly TypedToken['may'][];
  /** Which wikis it reaches, where that is asked. */
  children?: ComponentChildren;
}

/** Where one makes a token with all that can be said of it. */
export function TokenForm({ texts, formToken, action, typed, fields, choices, children }: TokenFormProps) {
  const said = texts.connect.tokens;
  return (
    <form class="site-form" method="post" action={action}>
      <FormToken token={formToken} />
      <Field
        {...{ name: 'label', label: said.label, value: typed.label, autocomplete: 'off' }}
        {...{ hint: said.labelHint, fault: fields['label'] }}
      />
      <May {...{ texts, choices, chosen: typed.may }} />
      {children}
      <Area
        {...{ name: 'paths', label: said.folders, value: typed.paths, rows: 2 }}
        {...{ hint: said.foldersHint, fault: fields['paths'] }}
      />
      <div class="site-field">
        <label for="site-expires">{said.expires}</label>
        <select id="site-expires" name="expires">
          {lives.map((days) => (
            <option value={days} selected={days === typed.expires}>
              {days === '' ? said.never : said.days(Number(days))}
            </option>
          ))}
        </select>
        {fields['expires_at'] !== undefined && <p class="site-fault">{fields['expires_at']}</p>}
      </div>
      <button class="site-button site-primary" type="submit">
        {said.make}
      </button>
    </form>
  );
}

/** What a token may do, of what its owner may. */
export function May({
  texts,
  choices,
  chosen,
}: Pick<TokenFormProps, 'texts' | 'choices'> & { chosen: TypedToken['may'] }) {
  const said = texts.connect.may;
  const all: Choice[] = [
    { value: 'read', label: said.read, hint: said.readHint },
    { value: 'write', label: said.write, hint: said.writeHint },
    { value: 'admin', label: said.admin, hint: said.adminHint },
  ];
  const offered = all.filter(({ value }) => choices.some((choice) => choice === value));
  return <Choices {...{ name: 'may', legend: said.legend, choices: offered, chosen }} />;
}
