import type { ComponentChildren } from 'preact';
import { FormToken } from '../layout/form-token.js';

/** A form of ours: it is sent as a POST and carries what proves that it is ours. */
export function PostForm({
  action,
  formToken,
  children,
}: {
  action: string;
  formToken: string;
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={action}>
      <FormToken token={formToken} />
      {children}
    </form>
  );
}

/** One button that does one thing to one of many; `label` says to which. */
export function OneButton({
  text,
  label,
  fields,
  ...form
}: {
  action: string;
  formToken: string;
  text: string;
  label: string;
  fields: Record<string, string>;
}) {
  return (
    <PostForm {...form}>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="site-button" type="submit" aria-label={label}>
        {text}
      </button>
    </PostForm>
  );
}

/** A choice among a few. */
export function Choice({
  name,
  label,
  value,
  options,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
}) {
  return (
    <div class="site-field">
      <label for={`site-${name}`}>{label}</label>
      <select id={`site-${name}`} name={name}>
        {options.map(([key, text]) => (
          <option value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What was done, above what is so now; nothing when nothing was. */
export function Done({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p class="site-notice site-done" role="status">
      {text}
    </p>
  );
}
