import type { ComponentChildren } from 'preact';

interface AreaProps {
  name: string;
  label: string;
  value: string;
  rows: number;
  hint: string;
  /** Why what was typed did not do. */
  fault?: string | undefined;
}

/** A field of a form for several lines. */
export function Area({ name, label, value, rows, hint, fault }: AreaProps) {
  const id = `site-${name}`;
  return (
    <div class="site-field">
      <label for={id}>{label}</label>
      <textarea
        {...{ id, name, rows, autofocus: fault !== undefined }}
        aria-invalid={fault === undefined ? undefined : 'true'}
        aria-describedby={fault === undefined ? `${id}-hint` : `${id}-hint ${id}-fault`}
      >
        {value}
      </textarea>
      {fault !== undefined && (
        <p class="site-fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      <p class="site-hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}

/** One of the answers that may be chosen. */
export interface Choice {
  value: string;
  label: ComponentChildren;
  hint: string;
}

interface ChoicesProps {
  name: string;
  legend: string;
  choices: readonly Choice[];
  chosen: string;
  hint?: string;
}

/** A question with a few answers, one of which is chosen. */
export function Choices({ name, legend, choices, chosen, hint }: ChoicesProps) {
  const id = `site-${name.replaceAll('_', '-')}`;
  return (
    <fieldset class="site-choices" aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
      <legend>{legend}</legend>
      {choices.map(({ value, label, hint: more }) => (
        <label class="site-choice">
          <input type="radio" name={name} value={value} checked={value === chosen} />
          <span>
            {label} <span class="site-hint">{more}</span>
          </span>
        </label>
      ))}
      {hint !== undefined && (
        <p class="site-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
