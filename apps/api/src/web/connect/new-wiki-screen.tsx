import { Field } from '../accounts/field.js';
import { Fault } from '../layout/fault.js';
import { type Site, SiteFrame } from '../layout/site-frame.js';
import { Area, Choices } from '../layout/fields.js';
import { FormToken } from '../layout/form-token.js';
import type { FormFaults } from './form-faults.js';
import type { TypedWiki } from './new-wiki.schema.js';

interface NewWikiScreenProps extends Site, FormFaults {
  typed: TypedWiki;
  /** The address of a wiki up to its slug. */
  prefix: string;
}

/** Where one makes a wiki. */
export function NewWikiScreen({ typed, prefix, fields, fault, needsProof: _, ...site }: NewWikiScreenProps) {
  const said = site.texts.connect.newWiki;
  return (
    <SiteFrame {...site} title={`${said.title} · wikibot`} scripts={['new-wiki.js']} isPrivate>
      <h1>{said.title}</h1>
      <p>{said.intro}</p>
      <Fault text={fault} />
      <form class="site-form" method="post" action="/new" data-new-wiki>
        <FormToken token={site.ownFormToken} />
        <Field
          {...{ name: 'name', label: said.name, value: typed.name, autocomplete: 'off' }}
          {...{ hint: said.nameHint, fault: fields['name'] }}
        />
        <Field
          {...{ name: 'slug', label: said.slug, value: typed.slug, autocomplete: 'off' }}
          {...{ hint: said.slugHint, fault: fields['slug'] }}
        />
        <p class="site-address">
          {said.preview} <output for="site-slug" data-prefix={prefix}>{`${prefix}${typed.slug || '…'}`}</output>
        </p>
        <Area
          {...{ name: 'purpose', label: said.purpose, value: typed.purpose, rows: 3 }}
          {...{ hint: said.purposeHint, fault: fields['purpose'] }}
        />
        <Choices
          {...{ name: 'visibility', legend: said.visibility, chosen: typed.visibility }}
          choices={[
            { value: 'private', label: said.private, hint: said.privateHint },
            { value: 'public', label: said.public, hint: said.publicHint },
          ]}
        />
        <Area
          {...{ name: 'categories', label: said.categories, value: typed.categories, rows: 2 }}
          {...{ hint: said.categoriesHint, fault: fields['categories'] }}
        />
        <Choices
          {...{ name: 'link_order', legend: said.order, chosen: typed.link_order, hint: said.orderHint }}
          choices={[
            { value: 'target-first', ...ordered('[[Page|label]]', said.targetFirst, said.targetFirstHint) },
            { value: 'label-first', ...ordered('[[label|Page]]', said.labelFirst, said.labelFirstHint) },
          ]}
        />
        <button class="site-button site-primary" type="submit">
          {said.make}
        </button>
      </form>
    </SiteFrame>
  );
}

const ordered = (example: string, label: string, hint: string) => ({
  label: (
    <>
      {label}: <code>{example}</code>
    </>
  ),
  hint,
});
