import { Fault } from '../layout/fault.js';
import type { ImportShown } from './import-shown.js';
import { FormToken } from '../layout/form-token.js';

/** What is to be made of an import that was looked at. */
export function StartForm({ record, wanted, fault, place, formToken, texts }: ImportShown) {
  const { form, report } = texts.imports;
  const { name, slug, visibility, linkOrder } = wanted;
  const isPublic = visibility === 'public';
  return (
    <section class="imports-way" id="form">
      <h2>{form.title}</h2>
      <Fault text={fault} />
      <form method="post" action={`/import/${record.id}/start`}>
        <FormToken token={formToken} />
        <div class="site-field">
          <label for="imports-name">{form.name}</label>
          <input id="imports-name" name="name" value={name} required maxlength={200} autocomplete="off" />
        </div>
        <div class="site-field">
          <label for="imports-slug">{form.slug}</label>
          <input
            {...{ id: 'imports-slug', name: 'slug', value: slug, required: true, maxlength: 64 }}
            {...{ autocomplete: 'off', autocapitalize: 'off', spellcheck: false }}
            aria-describedby="imports-slug-hint"
          />
          <p class="site-hint" id="imports-slug-hint">
            {form.slugHint(place)}
          </p>
        </div>
        <fieldset class="imports-choice">
          <legend>{form.visibility}</legend>
          <label>
            <input type="radio" name="visibility" value="private" checked={!isPublic} /> {form.private}
          </label>
          <label>
            <input type="radio" name="visibility" value="public" checked={isPublic} /> {form.public}
          </label>
        </fieldset>
        <fieldset class="imports-choice">
          <legend>{form.order}</legend>
          {(['target-first', 'label-first'] as const).map((order) => (
            <label>
              <input type="radio" name="link_order" value={order} checked={order === linkOrder} />{' '}
              <code>{report.orders[order]}</code>
            </label>
          ))}
        </fieldset>
        <button class="site-button site-primary" type="submit">
          {form.send}
        </button>
      </form>
    </section>
  );
}
