import { Area } from '../layout/fields.js';
import { Field } from '../accounts/field.js';
import { Fault } from '../layout/fault.js';
import { type Managed, ManageFrame, managePath } from '../layout/manage-frame.js';
import type { KeptSettings } from './kept-settings.js';
import { Done, PostForm } from './parts.js';
import { AddressPart } from './settings-address.js';

/** The fields of the page that a fault can stand at. */
export type SettingsField = 'name' | 'purpose' | 'categories' | 'linkOrder' | 'slug' | 'customSlug' | 'confirmation';

export interface SettingsScreenProps extends Managed {
  /** What the form shows. */
  kept: KeptSettings;
  /** What it is told when it is sent: what was there when it was first shown. */
  shown: KeptSettings;
  /** The whole address of the wiki. */
  home: string;
  /** Whether they may be changed; a wiki whose payment has lapsed can only be deleted. */
  mayChange: boolean;
  done: string | undefined;
  fault?: string | null;
  faults?: Partial<Record<SettingsField, string>>;
  typed?: { slug?: string; customSlug?: string; confirmation?: string };
}

/** What a wiki is called and for, how it is kept, where it is found, and its end. */
export function SettingsScreen(props: SettingsScreenProps) {
  const { kept: _, shown: __, home, mayChange, done, fault = null, faults = {}, typed = {}, ...managed } = props;
  const { texts, ownFormToken: formToken } = managed;
  return (
    <ManageFrame {...managed} part="settings">
      <Done text={done} />
      <Fault text={fault} />
      {!mayChange && <p>{texts.keeping.settings.lapsed}</p>}
      {mayChange && formToken !== null && (
        <>
          <About {...props} formToken={formToken} />
          <AddressPart {...{ managed, home, formToken, faults, typed }} />
        </>
      )}
      {formToken !== null && (
        <Removal {...{ managed, formToken, typed: typed.confirmation, fault: faults.confirmation }} />
      )}
    </ManageFrame>
  );
}

function About({ kept, shown, formToken, faults = {}, ...managed }: SettingsScreenProps & { formToken: string }) {
  const { wiki, texts } = managed;
  const { settings: said } = texts.keeping;
  return (
    <section class="site-part" aria-labelledby="site-about">
      <h2 id="site-about">{said.about}</h2>
      <PostForm action={managePath(wiki, 'settings')} formToken={formToken}>
        <input type="hidden" name="was_name" value={shown.name} />
        <input type="hidden" name="was_purpose" value={shown.purpose} />
        <input type="hidden" name="was_categories" value={shown.categories} />
        <input type="hidden" name="was_link_order" value={shown.linkOrder} />
        <Field {...{ name: 'name', label: said.name, value: kept.name, autocomplete: 'off', fault: faults.name }} />
        <Area
          {...{ name: 'purpose', label: said.purpose, hint: said.purposeHint, rows: 4 }}
          {...{ value: kept.purpose, fault: faults.purpose }}
        />
        <Area
          {...{ name: 'categories', label: said.categories, hint: said.categoriesHint, rows: 8 }}
          {...{ value: kept.categories, fault: faults.categories }}
        />
        <LinkOrder {...{ managed, value: kept.linkOrder, fault: faults.linkOrder }} />
        <button class="site-button site-primary" type="submit">
          {texts.keeping.save}
        </button>
      </PostForm>
    </section>
  );
}

interface LinkOrderProps {
  managed: Pick<Managed, 'texts'>;
  value: KeptSettings['linkOrder'];
  fault: string | undefined;
}

function LinkOrder({ managed: { texts }, value, fault }: LinkOrderProps) {
  const { settings: said } = texts.keeping;
  return (
    <fieldset class="site-field site-options" aria-describedby="site-link-order-hint">
      <legend>{said.linkOrder}</legend>
      {(['target-first', 'label-first'] as const).map((order) => (
        <label>
          <input type="radio" name="link_order" value={order} checked={order === value} />
          <span>
            <code>{said.orders[order].example}</code> {said.orders[order].text}
          </span>
        </label>
      ))}
      {fault !== undefined && <p class="site-fault">{fault}</p>}
      <p class="site-hint" id="site-link-order-hint">
        {said.linkOrderHint}
      </p>
    </fieldset>
  );
}

interface RemovalProps {
  managed: Managed;
  formToken: string;
  typed: string | undefined;
  fault: string | undefined;
}

function Removal({ managed: { wiki, texts, parts }, formToken, typed = '', fault }: RemovalProps) {
  const { settings: said } = texts.keeping;
  const expected = `${wiki.owner.username}/${wiki.slug}`;
  return (
    <section class="site-part" aria-labelledby="site-remove">
      <h2 id="site-remove">{said.remove}</h2>
      <p>{said.removeText}</p>
      {parts.includes('copies') && (
        <p>
          {said.removeCopy} <a href={managePath(wiki, 'copies')}>{texts.site.parts.copies}</a>
        </p>
      )}
      <PostForm action={`${managePath(wiki, 'settings')}/delete`} formToken={formToken}>
        <Field
          {...{ name: 'confirmation', label: said.confirmation(expected), value: typed, autocomplete: 'off', fault }}
        />
        <button class="site-button site-danger" type="submit">
          {said.removeButton}
        </button>
      </PostForm>
    </section>
  );
}
