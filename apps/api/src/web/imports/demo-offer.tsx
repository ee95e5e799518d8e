import type { Texts } from '../texts/texts.js';
import { FormToken } from '../layout/form-token.js';

/** The button that makes the demo wiki; nothing where it is not offered. */
export function DemoOffer({
  isOffered,
  formToken,
  texts,
}: {
  isOffered: boolean;
  formToken: string | null;
  texts: Texts;
}) {
  if (!isOffered || formToken === null) return null;
  const { title, text, send } = texts.imports.demo;
  return (
    <section class="imports-way imports-demo">
      <h2>{title}</h2>
      <p>{text}</p>
      <form method="post" action="/import/demo">
        <FormToken token={formToken} />
        <button class="site-button site-primary" type="submit">
          {send}
        </button>
      </form>
    </section>
  );
}
