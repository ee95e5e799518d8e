import { Field } from '../accounts/field.js';
import { type Managed, managePath } from '../layout/manage-frame.js';
import { PostForm } from './parts.js';
import type { SettingsScreenProps } from './settings-screen.js';

interface AddressProps {
  managed: Managed;
  /** The whole address, as it is given to others. */
  home: string;
  formToken: string;
  faults: NonNullable<SettingsScreenProps['faults']>;
  typed: NonNullable<SettingsScreenProps['typed']>;
}

/** Where the wiki is found: its short name below its owner, and an address of its own. */
export function AddressPart(props: AddressProps) {
  const { managed, home, formToken, faults, typed } = props;
  const { wiki, texts, address } = managed;
  const { settings: said } = texts.keeping;
  return (
    <section class="site-part" aria-labelledby="site-address">
      <h2 id="site-address">{said.address}</h2>
      <p>
        {said.addressNow} <a href={address}>{home}</a>
      </p>
      <PostForm action={`${managePath(wiki, 'settings')}/slug`} formToken={formToken}>
        <Field
          {...{ name: 'slug', label: said.slug, value: typed.slug ?? wiki.slug, autocomplete: 'off' }}
          {...{ hint: said.slugHint, fault: faults.slug }}
        />
        <p class="site-hint site-warns">
          {said.slugWarning} {wiki.customSlug !== null && said.slugWarningCustom}
        </p>
        <button class="site-button" type="submit">
          {said.slugButton}
        </button>
      </PostForm>
      <CustomSlug {...props} />
    </section>
  );
}

function CustomSlug({ managed: { wiki, texts }, formToken, faults, typed }: Omit<AddressProps, 'home'>) {
  const { settings: said } = texts.keeping;
  if (!wiki.limits.customSlug) {
    return (
      <>
        <h3>{said.custom}</h3>
        <p>{wiki.plan === 'free' ? said.customPlan : said.customOperator}</p>
      </>
    );
  }
  const now = wiki.customSlug ?? '';
  return (
    <PostForm action={`${managePath(wiki, 'settings')}/custom-slug`} formToken={formToken}>
      <input type="hidden" name="was_custom_slug" value={now} />
      <Field
        {...{ name: 'custom_slug', label: said.custom, value: typed.customSlug ?? now, autocomplete: 'off' }}
        {...{ hint: said.customHint, fault: faults.customSlug, required: false }}
      />
      {wiki.customSlug !== null && <p class="site-hint site-warns">{said.customBack}</p>}
      <button class="site-button" type="submit">
        {said.customButton}
      </button>
    </PostForm>
  );
}
